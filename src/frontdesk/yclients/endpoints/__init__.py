"""The calls, one file a section of the official document, one class an endpoint, its example in `examples/`."""

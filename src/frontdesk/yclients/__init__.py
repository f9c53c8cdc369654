"""The API of YCLIENTS and of Altegio, its international twin: what can be said to it, and clients that say it.

endpoints/    the calls, one file a section of the official document
models/       the shapes of what is said and answered, with the wire's own names
contract      what an endpoint is, and the registry of all
client        the async client; `blocking` for scripts, `signing` to get a user token
webhooks      what the provider sends by itself
errors        what can go wrong, by what to do next
wire          between a call and the bytes of HTTP; `refusals` and `mending` read what is no plain result
pace          how often the provider may be called; `turnstile` makes tasks wait for it
"""

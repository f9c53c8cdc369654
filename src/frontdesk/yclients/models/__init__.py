"""The shapes of what is said (`strict`) and answered (`lenient`), with the wire's own names."""

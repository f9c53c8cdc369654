"""A salon's days played through the real service: clients, a receptionist, bad weather, and a judge.

The service is the one that runs in earnest, put together by its own wiring over a real database; the provider is the
emulator; both read one virtual clock, so a day takes seconds. One `random.Random(seed)` is handed down and every step
rests before the next begins, so a seed always gives the same day, and a failure is replayed by its number.
"""

"""What the demo's made-up salon has lived through before anybody opens it: its journal, its ledger, its conversations.

All of it is invented, and the same for one and the same day: chance is seeded with the date.
"""

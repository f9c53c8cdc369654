"""What is counted. The names are a contract with whoever watches the service."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

TURN_BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
LAG_BUCKETS_S = (1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)
"""The messengers name whole seconds."""


class Metrics:
    """Counted where it happens; `register` hands it to the registry that is asked for it."""

    def __init__(self) -> None:
        self.webhooks = Counter("frontdesk_webhooks", "Calls of messengers", ["inlet", "status"], registry=None)
        self.ignored = Counter("frontdesk_ignored", "Parts of webhooks left aside on purpose", ["inlet"], registry=None)
        self.messages = Counter("frontdesk_messages", "Messages stored for the first time", registry=None)
        self.turns = Histogram(
            "frontdesk_turn_seconds", "From the claim of a chat to its commit", buckets=TURN_BUCKETS_S, registry=None
        )
        self.failed_turns = Counter("frontdesk_failed_turns", "Turns that will be tried again", registry=None)
        self.commands = Counter("frontdesk_commands", "Attempts at the provider", ["event"], registry=None)
        self.replies = Counter("frontdesk_replies", "Sends to the messengers", ["event"], registry=None)
        self.diverted = Counter("frontdesk_diverted", "Sends of test mode, to the test chat", registry=None)
        self.withheld = Counter("frontdesk_withheld", "Messages nobody asked for that were not sent", registry=None)
        self.waiting = Gauge("frontdesk_waiting", "What is on its way", ["table", "state"], registry=None)
        self.oldest_unread = Gauge(
            "frontdesk_oldest_unread_seconds", "Age of the oldest message without an answer", registry=None
        )

        self.oldest_command = Gauge(
            "frontdesk_oldest_command_seconds", "Age of the oldest command that waits for the journal", registry=None
        )
        self.conflicts = Counter(
            "frontdesk_conflicts", "Commands that the journal turned out to stand against", ["salon"], registry=None
        )
        self.pace_used = Gauge("frontdesk_pace_used", "Calls to the provider in the last minute", registry=None)
        self.pace_limit = Gauge("frontdesk_pace_limit", "How many there may be", registry=None)
        self.pace_waiting = Gauge("frontdesk_pace_waiting", "Calls of this process that wait", registry=None)
        self.alarms = Counter("frontdesk_alarms", "What the owner was told of", ["kind"], registry=None)
        self.link = Gauge(
            "frontdesk_link", "1 for the state that a salon's link is in", ["salon", "state"], registry=None
        )
        self.webhook_lag = Histogram(
            "frontdesk_webhook_lag_seconds",
            "From a message's own time to its being stored",
            buckets=LAG_BUCKETS_S,
            registry=None,
        )
        self.compared = Counter(
            "frontdesk_compared_times", "Free times of a day by the provider and by the copy", ["result"], registry=None
        )

    def register(self, registry: CollectorRegistry) -> None:
        """Makes all of it visible there."""
        for collector in vars(self).values():
            registry.register(collector)

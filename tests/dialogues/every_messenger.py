from dialogues.page_messengers import Terminal, WebPage
from dialogues.webhook_messengers import Max, Telegram, WhatsApp

MESSENGERS = (WhatsApp, Telegram, Max, WebPage, Terminal)

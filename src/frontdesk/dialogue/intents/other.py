from frontdesk.language.phrases import Phrases

PHRASES = Phrases("other")

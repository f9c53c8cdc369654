"""Made-up webhooks in Meta's shape."""

import json

ACCOUNT = "500100200300400"
OWN_NUMBER = "74951112233"
PHONE = "79261112233"
SCOPED_ID = "RU.11112222333344445555"
AT = 1_795_250_000


def person(**changes):
    return {"profile": {"name": "Ольга"}, "wa_id": PHONE, "user_id": SCOPED_ID} | changes


def message(kind="text", **parts):
    base = {"from": PHONE, "from_user_id": SCOPED_ID, "id": "wamid.A1", "timestamp": str(AT), "type": kind}
    made = base | parts
    return {key: value for key, value in made.items() if value is not None}


def text(body, **parts):
    return message("text", text={"body": body}, **parts)


def value(*, messages=(), statuses=(), people=None, account=ACCOUNT):
    found = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": OWN_NUMBER, "phone_number_id": account},
        "contacts": [person()] if people is None else list(people),
    }
    return (
        found | ({"messages": list(messages)} if messages else {}) | ({"statuses": list(statuses)} if statuses else {})
    )


def change(content, field="messages"):
    return {"field": field, "value": content}


def webhook(*changes):
    return {"object": "whatsapp_business_account", "entry": [{"id": "900", "changes": list(changes)}]}


def body(*messages, **parts):
    return json.dumps(webhook(change(value(messages=messages, **parts)))).encode()


def status(state="delivered", **parts):
    return {"id": "wamid.OUT1", "status": state, "timestamp": str(AT), "recipient_id": PHONE} | parts


def status_body(*statuses):
    return json.dumps(webhook(change(value(statuses=statuses)))).encode()

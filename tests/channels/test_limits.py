from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.limits import clip, clip_apart, cut, length, numbered
from frontdesk.dialogue.talk import Choice

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(texts, st.integers(4, 200))
def test_a_cut_text_fits_is_a_beginning_and_shows_the_cut(text, limit):
    for fitted in (cut(text, limit), clip(text, limit)):
        assert length(fitted) <= limit
        assert fitted == text or (fitted.endswith("…") and text.startswith(fitted[:-1].rstrip()))


@given(texts, st.integers(4, 200))
def test_cutting_again_changes_nothing(text, limit):
    assert cut(cut(text, limit), limit) == cut(text, limit)


@given(st.lists(texts, max_size=10), st.integers(8, 30))
def test_clipped_labels_differ_and_fit(labels, limit):
    fitted = clip_apart(labels, limit)
    assert len(set(fitted)) == len(labels)
    assert all(length(label) <= limit for label in fitted)


@given(texts.filter(str.strip), st.lists(st.text(min_size=1, max_size=500), min_size=1, max_size=10))
def test_a_numbered_text_fits_and_keeps_every_number(text, labels):
    choices = tuple(Choice(str(n), " ".join(label.split()) or "x") for n, label in enumerate(labels))
    fitted = numbered(text, choices, 400)
    assert length(fitted) <= 400
    offer = fitted.rsplit("\n\n", 1)[1].split("\n")
    assert [line.split(".")[0] for line in offer] == [str(n) for n in range(1, len(labels) + 1)]


def test_a_sentence_is_the_place_to_cut():
    assert cut("Первое предложение. Второе, подлиннее.", 30) == "Первое предложение. …"
    assert cut("Да. Второе предложение, которое длинное.", 30) == "Да. Второе предложение,…"


def test_a_joined_emoji_or_an_accent_is_never_split():
    family = "👩‍👩‍👧‍👦"
    assert clip("a" + family, 8) == "a…"
    assert clip("e\u0301" * 3, 4) == "e\u0301…"
    assert clip("a👍🏽b", 4) == "a…"

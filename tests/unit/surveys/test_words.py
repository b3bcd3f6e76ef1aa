"""Words in comments: case, accents, plurals, and whole words only."""

import pytest

from sync.surveys.words import finder


@pytest.mark.parametrize(
    ("listed", "comment"),
    [
        ("lento", "Muy LENTO todo"),
        ("tardo", "Tardó tres días"),
        ("cola", "Había colas en la puerta"),
        ("colas", "Una cola enorme"),
        ("vez", "A veces no contestan"),
        ("veces", "La última vez bien"),
        ("delay", "Long delays"),
        ("query", "Two queries unanswered"),
        ("lento, espera", "La espera, eterna."),
        ("mala atención", "Muy MALA   atencion en tienda"),
        ("atenciones", "buena atención"),
    ],
)
def test_a_comment_with_the_word_is_found(listed: str, comment: str) -> None:
    found = finder(listed)
    assert found is not None
    assert found(comment)


@pytest.mark.parametrize(
    ("listed", "comment"),
    [
        ("cola", "El chocolate rico"),
        ("lento", "Me dieron aliento"),
        ("mala atención", "atención mala"),
        ("cola", ""),
        ("los", "lo dije"),
    ],
)
def test_a_part_of_a_word_is_not_the_word(listed: str, comment: str) -> None:
    found = finder(listed)
    assert found is not None
    assert not found(comment)


@pytest.mark.parametrize("listed", ["", " , ,", "¿?"])
def test_no_words_are_no_question(listed: str) -> None:
    assert finder(listed) is None

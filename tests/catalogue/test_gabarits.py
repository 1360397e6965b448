"""The templates written in Jinja2, and the components that Django's templates call."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from django.conf import settings
from django.template import engines

from catalogue.facettes import FacetteAffichee, Option
from catalogue.facettes.affichage import LONGUE
from catalogue.gabarits import composant

GABARITS = Path(settings.BASE_DIR, "templates")


@pytest.mark.parametrize(
    "chemin", sorted(str(c.relative_to(GABARITS)) for c in GABARITS.rglob("*.jinja")), ids=str
)
def test_every_template_can_be_read(chemin):
    assert engines["jinja2"].env.get_template(chemin).name == chemin


@pytest.mark.parametrize("chemin", sorted(GABARITS.glob("composants/*.jinja")), ids=lambda c: c.stem)
def test_each_component_is_a_macro_named_as_its_file(chemin):
    macro = getattr(engines["jinja2"].env.get_template(f"composants/{chemin.name}").module, chemin.stem)

    assert macro.name == chemin.stem


def test_component_is_called_from_a_template_of_django():
    gabarit = engines["django"].from_string("{% composant 'tuile' lettre=lettre %}")

    assert (
        gabarit.render({"lettre": "D"}) == '<span class="tuile" data-domaine="D" aria-hidden="true">D</span>'
    )


def test_text_is_escaped_by_a_component():
    assert composant("ajouter", ajout='m="', libelle="<b>").count("&lt;b&gt;") == 1


def test_name_that_is_missing_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        composant("carte_metier", metier={})


def test_texts_of_an_option_are_escaped():
    mauvaise = Option('"><b>', "<i>&", 1, False, url_preciser='?a="')
    facette = FacetteAffichee("niveau", "Niveau", "", [mauvaise])

    html = composant("facette", facette)

    assert [html.count(texte) for texte in ("<b>", "<i>", '?a="')] == [0, 0, 0]
    assert html.count('value="&#34;&gt;&lt;b&gt;"') == 1


def test_a_facet_of_which_nothing_would_give_a_result_says_so():
    """A long one loses such options; without any left it is no empty list."""
    options = [Option(f"D{n}", f"Domaine {n}", 0, False) for n in range(LONGUE + 1)]

    html = composant("facette", FacetteAffichee("domaine", "Domaine", "", options))

    assert "Aucun choix ne donnerait de résultat ici." in html
    assert "<ul" not in html

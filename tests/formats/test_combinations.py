"""PrestaShop's file of variants: what it says of products that are there, in every dress and both ways."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.formats import combinations, losing
from desktop_app.records import Product, Variant

HEAD = (
    "Product ID*;Product Reference;Attribute (Name:Type:Position)*;Value (Value:Position)*;Supplier reference;Reference;EAN13;UPC;MPN;Cost price;"
    "Impact on price;Ecotax;Quantity;Minimal quantity;Low stock level;Send me an email when the quantity is under this level;Impact on weight;"
    "Default (0 = No, 1 = Yes);Combination availability date;Choose among product images by position (1,2,3...);Image URLs (x,y,z...);"
    "Image alt texts (x,y,z...);ID / Name of shop;Advanced Stock Management;Depends on stock;Warehouse\n"
)
ROWS = (
    "7;TEA;Size:select:0, Colour:color:1;50 g:0, Green:1;S-1;TEA-50;4006381333931;;;2,10;-1,50;0;12;1;;;0,05;1;2026-01-01;1;;;0;0;0;0\n"
    "7;TEA;Size:select:0, Colour:color:1;1:2 l:3, Red:1;;TEA-X;;036000291452;;;3,25;0;4;1;;;0;0;;;https://x.example/t.jpg;;0;0;0;0\n"
)


def test_the_real_file_of_variants_comes_in(catalog: Path, whole: Callable[..., Any]) -> None:
    path = catalog / "prestashop_thirtybees_combinations_import.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    read = whole(path)
    assert (read.reading.dialect, read.reading.label, read.problems) == ("combinations", "PrestaShop", ())
    assert read.variants == len(rows) == 27
    assert [dict(p.extra)["Product ID"] for p in read.products] == list(dict.fromkeys(r["Product ID*"] for r in rows))
    assert sum(p.variants[0].stock is not None for p in read.products) == len(read.products)
    first = read.products[0].variants[0]
    assert (first.sku, first.barcode, first.price, first.cost, first.stock) == (
        "RP-Nano-Blue-16GB", "0000080446392", 40, 100, 10,
    )  # fmt: skip
    assert first.options == (("Color", "Blue"), ("Disk space", "16GB"))
    assert first.image == "http://youdomain.com/img.jpg"


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_prestashops_own_columns_with_any_delimiter(
    written: Callable[..., Path], whole: Callable[..., Any], mark: str
) -> None:
    table = [line.split(";") for line in (HEAD + ROWS).splitlines()]
    text = "\n".join(mark.join(f'"{cell}"' for cell in row) for row in table)
    (told,) = whole(written(text)).products
    one, two = told.variants
    assert one.options == (("Size", "50 g"), ("Colour", "Green"))
    assert two.options == (("Size", "1:2 l"), ("Colour", "Red"))
    assert (one.price, one.weight_grams, one.cost) == (Decimal("-1.50"), 50, Decimal("2.10"))
    assert (two.barcode, two.image) == ("036000291452", "https://x.example/t.jpg")
    assert dict(one.extra) == {
        "Supplier reference": "S-1", "Minimal quantity": "1", "Default": "1",
        "Combination available date": "2026-01-01", "Image position": "1",
    }  # fmt: skip


# As PrestaShop's own translations of its importer call them: French, German, Spanish, Italian, Dutch, Polish.
@pytest.mark.parametrize(
    "names",
    [
        "ID produit;Référence produit;Attribut (Nom:Type:Position);Valeur (Valeur:Position);Référence fournisseur;Référence;EAN-13;Prix d'achat;Impact sur le prix;Quantité;Impact sur le poids;Valeurs par défaut (0 = Non, 1 = Oui)",
        "Artikel-ID;Artikel-Nr;Eigenschaft/Variante (Name:Anzeigetyp:Anzeige-Position);Wert (Wert: Position);Lieferanten-Nr.;Artikel-Nr.;EAN 13;Einkaufspreis;Auswirkungen auf den Preis;Menge;Auswirkungen auf das Gewicht;Standard (0 = Nein, 1 = Ja)",
        "ID del producto;Referencia del producto;Atributo (Nombre:Tipo:Posición);Valor (Valor:Posición);Ref proveedor;Referencia;EAN13;Precio al por mayor;Impacto en el precio;Cantidad;Impacto en el peso;Predeterminado (0 = No, 1 = Sí)",
        "ID prodotto;Riferimento prodotto;Attributo (Nome:Tipo:Posizione);Valore(Valore:Posizione);Riferimento fornitore;Riferimento;EAN13;Prezzo di acquisto;Impatto sul prezzo;Quantità;Impatto sul peso;Default (0 = no, 1 = sì)",
        "Product-ID;Productreferentie;Attribuut (Naam:Type:Positie);Waarde (Waarde:Positie);Leveranciersnaam;Referentie;EAN13;Inkoopprijs;Invloed op prijs;Quantity;Impact op gewicht;Standaard (0 = Nee, 1 = Ja)",
        "Identyfikator Produktu (ID);Indeks produktu;Atrybut (Nazwa:Typ:Pozycja);Wartość (Wartość:Pozycja);Identyfikator dostawcy;Indeks;kod EAN13;Cena hurtowa (zakupu);Wpływ na cenę;Ilość;Wpływ na wagę;Domyślny (0 = Nie, 1 = Tak)",
    ],
)
def test_headers_in_other_languages(written: Callable[..., Path], whole: Callable[..., Any], names: str) -> None:
    rows = "3;CUP;Taille:select:0;M:0;S-1;T-M;4006381333931;2,10;1,5;4;0,02;1\n3;CUP;Taille:select:0;L:1;;T-L;;3;2,25;6;0,1;0\n"
    read = whole(written(f"{names}\n{rows}"))
    assert read.reading.dialect == "combinations"
    (told,) = read.products
    assert (dict(told.extra)["Product ID"], dict(told.extra)["Reference"]) == ("3", "CUP")
    assert [(v.sku, v.options, v.price, v.cost, v.stock, v.weight_grams) for v in told.variants] == [
        ("T-M", (("Taille", "M"),), Decimal("1.5"), Decimal("2.10"), 4, 20),
        ("T-L", (("Taille", "L"),), Decimal("2.25"), Decimal(3), 6, 100),
    ]  # fmt: skip
    first = told.variants[0]
    assert (first.barcode, dict(first.extra)) == ("4006381333931", {"Supplier reference": "S-1", "Default": "1"})


def test_a_language_nobody_wrote_down_is_known_by_what_stands_in_it(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    names = "Identyfikator;Atrybut;Wartość;SKU;Ilość"
    read = whole(written(f"{names}\n3;Rozmiar:select:0;M:0;T-M;4\n3;Rozmiar:select:0;L:1;T-L;6\n"))
    assert read.reading.dialect == "combinations"
    assert [(v.sku, v.options, v.stock) for v in read.products[0].variants] == [
        ("T-M", (("Rozmiar", "M"),), 4), ("T-L", (("Rozmiar", "L"),), 6),
    ]  # fmt: skip


def test_attributes_and_values_that_do_not_belong_together_are_said(
    written: Callable[..., Path], whole: Callable[..., Any]
) -> None:
    read = whole(written(HEAD + ROWS + ROWS.splitlines()[0].replace("50 g:0, Green:1", "50 g:0")))
    assert ([p.row for p in read.problems], read.variants) == ([4], 2)


def test_what_a_variant_costs_and_weighs_more_is_added_to_its_product() -> None:
    mine = Product("Tea", variants=(Variant("TEA", price=Decimal(10), weight_grams=Decimal(100), stock=9, id=4),), id=1)
    size = lambda value: (("Size", value),)  # noqa: E731
    more = (Variant("A", "", size("S"), Decimal("-1.50"), stock=2), Variant("B", "", size("L"), Decimal("2.000000"),
            weight_grams=Decimal(50), stock=3))  # fmt: skip
    told = Product("7", variants=more, extra=((combinations.ID, "7"), (combinations.REFERENCE, "")))
    whole = combinations.joined(mine, told)
    assert [(v.sku, v.price, v.weight_grams, v.stock) for v in whole.variants] == [
        ("A", Decimal("8.5"), 100, 2), ("B", 12, 150, 3),
    ]  # fmt: skip
    assert [(f.name, f.value) for f in whole.facts] == [("Size", "S"), ("Size", "L")]
    assert combinations.joined(whole, told) == whole
    (back,) = losing.came_back("prestashop", [whole])
    assert losing.differing(whole, back) == set()

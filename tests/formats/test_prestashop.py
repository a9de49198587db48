"""PrestaShop's products as its importer calls their columns in six languages."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

ROW = (
    "1;1;Tasse;Maison,Tasses;12.50;1;5.00;;CUP-1;Ateliers;Nord;4006381333931;0;"
    "0.35;14;1;both;;Une tasse;<p>Une belle tasse</p>;tasse,bleu;Titre SEO;Jolie tasse;tasse-bleue;;https://x.example/1.jpg;Matière:Grès:1\n"
)


# As PrestaShop's own translations of its importer call them: French, German, Spanish, Italian, Dutch, Polish.
@pytest.mark.parametrize(
    "names",
    [
        'ID;Actif (0/1);Nom;Catégories (x,y,z...);Prix HT;ID règles de taxes;Prix d\'achat;Montant de la remise;Référence;Fournisseurs;Fabricant;EAN-13;Éco-participation;Poids;Quantité;Quantité minimale;Visibilité;Unité pour le prix unitaire;Résumé;Description;Mot-clés (x,y,z...);Balise titre;Meta description;URL simplifiée;"Texte ""En stock""";URL des images (x,y,z, etc.);Caractéristique (Nom:Valeur:Position:Personnalisé)',
        'ID;Aktiv (0/1);Name;Kategorien (x, y, z. ..);Preis zzgl. MwSt.;ID Steuersatz;Einkaufspreis;Rabattbetrag;Artikel-Nr.;Lieferant;Hersteller;EAN 13;Ökosteuer;Gewicht;Menge;Mindestmenge;Sichtbarkeit;Grundpreis-Einheit;Kurzbeschreibung;Beschreibung;Stichwörter (x, y, z. ..);Meta-Titel;Meta-Beschreibung;Benutzerfreundliche URL;"Text ""auf Lager""";URLs der Bilder (x, y, z. ..);Eigenschaft  (Name: Wert: Position: Anpassung)',
        "ID;Activo (0/1);Nombre;Categorías (x,y,z...);Precio impuestos excluidos;ID de la regla de impuestos;Precio al por mayor;Valor del descuento;Referencia nº;Proveedor;Fabricante;EAN13;Ecotasa;Peso;Cantidad;Cantidad mínima;Visible en;Unidad para el precio unitario;Descripción corta;Descripción;Etiquetas (x,y,z...);Meta-título;Meta descripción;URL reescrita;Texto cuando está en stock;URL's de las imágenes (x,y,z...);Característica (Nombre:Valor:Posición:Personalizado)",
        'Id;Attivo (0/1);Nome;Categorie (x, y, z...);Prezzo tasse escluso;ID aliquote Iva;Prezzo di acquisto;Somme di sconto;Riferimento;Fornitore;Produttore;EAN13;Ecotassa;Peso;Quantità;Quantità minima;Visibilità;Unità per il prezzo unitario;Breve descrizione;Descrizione;Tag (x, y, z...);Meta titolo;Meta descrizione;URL comprensibile;"Testo quando ""in magazzino""";URL delle immagini (x,y,z...);Caratteristica (Nome:Valore:Posizione:Personalizzato)',
        "ID;Actief (0/1);Naam;Categorieën (x,y,z...);Prijs ex. btw;Belastingregel-ID;Inkoopprijs;Kortingsbedrag;Referentie #;Leverancier;Fabrikant;EAN13;Milieuheffing;Gewicht;Hoeveelheid;Minimum hoeveelheid;Zichtbaarheid;Eenheid voor de eenheidsprijs;Korte beschrijving;Omschrijving;Tags (x,y,z...);Meta-titel;Meta-beschrijving;Herschreven URL;Tekst wanneer op voorraad;Afbeelding-URL's (x,y,z...);Kenmerk (Naam:Waarde:Positie:Aangepast)",
        "ID;Aktywny (0 lub 1);Nazwa;Kategorie (x,y,z...);Cena bez podatku. (netto);ID zasad podatku;Cena hurtowa (zakupu);Wartość rabatu;Indeks #;Dostawca;Producent;kod EAN13;Podatek ekologiczny;Waga;Ilość;Minimalna ilość;Widoczność;Jednostka dla ceny jednostkowej;Krótki opis;Opis;Tagi (x,y,z...);Meta-tytuł;Opis meta;URL przepisany;Tekst kiedy na stanie;Adresy URL zdjęcia (x,y,z...);Cecha(Nazwa:Wartość:Pozycja:Indywidualne)",
    ],
)
def test_products_in_the_words_of_each_language(
    written: Callable[..., Path], whole: Callable[..., Any], names: str
) -> None:
    read = whole(written(f"{names}\n{ROW}"))
    assert (read.reading.dialect, read.problems) == ("prestashop", ())
    (cup,) = read.products
    assert (cup.title, cup.handle, cup.vendor, cup.status, cup.tags, cup.seo_title, cup.seo_description) == (
        "Tasse", "tasse-bleue", "Nord", "active", ("tasse", "bleu"), "Titre SEO", "Jolie tasse",
    )  # fmt: skip
    (only,) = cup.variants
    assert (only.sku, only.barcode, only.price, only.cost, only.stock) == (
        "CUP-1", "4006381333931", Decimal("12.50"), 5, 14,
    )  # fmt: skip
    assert [image.address for image in cup.images] == ["https://x.example/1.jpg"]
    # Suppliers, discounts and where it is shown are for the system alone; what it is made of is told.
    assert {fact.value for fact in cup.facts} == {"0.35", "Grès"}

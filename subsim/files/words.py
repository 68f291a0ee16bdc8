"""Words that people write for those of the format: Danish ones, and English ones with another spelling."""

from collections.abc import Collection

from subsim.basics.faults import nearest_word

WRITTEN = {
    "sign_up": "tilmelding tilmeld tilmeldt tilmelde oprettelse opret køb_abonnement bestilling subscribe subscription",
    "confirmation_received": "bekræftelse bekræftelse_modtaget ordrebekræftelse confirmation",
    "log_in": "login log_ind logger_ind indlogning",
    "activate": "aktivering aktiver aktivér aktiveret activation",
    "withdraw": "fortrydelse fortryd fortryde fortrudt fortrydelsesret withdrawal",
    "give_notice": "opsigelse opsig opsige opsagt opsiger afmelding afmeld udmeldelse notice cancel cancellation quit",
    "withdraw_notice": "opsigelse_trukket_tilbage tilbagekaldelse fortryd_opsigelse genoptag",
    "change_package": "pakkeskift skift_pakke skift pakkeændring opgradering nedgradering upgrade downgrade",
    "buy": "køb enkeltkøb tilkøb leje lejefilm purchase",
    "pay": "betaling indbetaling betal betale betalt indbetalt payment paid",
    "payment_returned": "tilbageførsel tilbageført betaling_gået_tilbage indsigelse chargeback",
    "credit_adjusted": "kreditering tilgodehavende_reguleret regulering",
    "credit_paid_out": "udbetaling udbetalt tilgodehavende_udbetalt",
    "charge": "opkrævning gebyr anden_opkrævning fee",
    "payment_method_fails": "betalingsmiddel_svigter kort_afvist kort_udløbet betaling_afvist card_declined",
    "payment_method_renewed": "betalingsmiddel_fornyet nyt_kort nyt_betalingsmiddel kort_fornyet new_card",
    "complain": "klage reklamation klager complaint",
    "transfer": "overdragelse overdrag overdraget overdrage",
    "move": "flytning flyt flytte flyttet",
    "lend_equipment": "udlån udstyr_udlånt lån_udstyr udlever_udstyr",
    "return_equipment": "udstyr_afleveret aflever_udstyr returnering aflevering retur",
    "invoice_equipment": "udstyr_faktureret fakturer_udstyr erstatning",
    "announce_price_change": "prisændring prisstigning prisændring_varslet varsel_om_pris price_rise price_change",
    "announce_service_change": "ændring_af_tjenesten ændring_af_tjenesten_varslet tjenesteændring service_change",
    "announce_terms_change": "ændring_af_vilkår ændring_af_vilkår_varslet vilkårsændring terms_change",
    "suspend": "spærring spær spærret lukning suspension",
    "restore": "genåbning genåbn genåbnet",
    "terminate": "ophævelse ophæv ophævet kabelplus_opsigelse termination",
    "reminder": "rykker rykkerskrivelse påmindelse betalingspåmindelse rykkerbrev dunning",
    "scenario": "scenarie historie",
    "timeline": "tidslinje forløb hændelser begivenheder events",
    "prices": "priser prisliste",
    "member": "medlem kunde",
    "until": "indtil frem_til",
    "expect": "forventet forventning forvent",
    "ask": "spørgsmål spørg",
    "variants": "varianter",
    "readings": "fortolkninger fortolkning",
    "numbers": "tal",
    "date": "dato dag",
    "event": "hændelse begivenhed",
    "subscription": "abonnement",
    "package": "pakke",
    "amount": "beløb",
    "wanted_end": "ønsket_ophør ophør",
    "item": "vare genstand",
    "born": "født fødselsdato",
    "name": "navn",
}
"""By word of the format the words written for it; spaces and hyphens are underscores."""
_BY_WORD = {written: meant for meant, words in WRITTEN.items() for written in words.split()}


def word_meant(word: str, words: Collection[str]) -> str | None:
    """The one of these words of the format that was probably meant, by meaning or spelling."""
    written = "_".join(word.lower().replace("-", " ").split())
    by_sense = _BY_WORD.get(written)
    if by_sense in words:
        return by_sense
    return nearest_word(word, words)

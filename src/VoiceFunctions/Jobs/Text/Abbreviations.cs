using System.Collections.Frozen;

namespace VoiceFunctions.Jobs.Text;

/// <summary>
/// Words that a dot shortens, of the language of a text and, since scripts do not share words, of Russian or Ukrainian beside a language in Latin letters. An entry
/// too many costs a place to cut at, an entry too few cuts a name in two. Words that also end sentences (<c>max</c>, <c>sun</c>, <c>им</c>) are left out or unclear.
/// </summary>
internal sealed class Abbreviations
{
    private const string FallbackLanguage = "en";

    private static readonly (string Language, AbbreviationKind Kind, string Words)[] Entries =
    [
        ("en", AbbreviationKind.Leading, "mr mrs ms mx dr prof rev fr hon gen col maj capt cpt lt sgt cpl adm cmdr sen rep gov pres st mt messrs mmes vs viz cf e.g i.e approx ca supt det insp"),
        ("en", AbbreviationKind.Numbering, "no nos p pp vol vols fig figs ch sec art para ex eq v vv pt jan feb mar apr jun jul aug sep sept oct nov dec ser bk ver op"),
        ("en", AbbreviationKind.Trailing, "etc"),
        ("en", AbbreviationKind.Unclear, "al inc ltd co corp bros jr sr esq ft a.m p.m dept est ave blvd rd ph.d m.d b.a m.a tue tues thu thur thurs assn univ"),
        ("ru", AbbreviationKind.Leading, "т.е т.к т.н т.о напр ср см г-н г-жа гр проф акад доц ул просп пер пл бул наб оз св тов ред сост изд обл респ дер пос мкр корп стр-во и.о к.т.н д.т.н к.м.н д.м.н зам зав ген подп лейт серж инж чл.-кор англ нем франц фр лат греч итал исп букв т.наз примеч"),
        ("ru", AbbreviationKind.Numbering, "кв стр гл рис табл ст пп тт вып кн разд прим подъезд эт строф тел"),
        ("ru", AbbreviationKind.Trailing, "т.д т.п др руб коп тыс млн млрд трлн мин сек час"),
        ("ru", AbbreviationKind.Unclear, "г гг в вв н.э мл пр им янв февр апр авг сент окт нояб дек пн вт чт пт сб вс"),
        ("uk", AbbreviationKind.Leading, "напр див ст проф акад вул просп ім т.з т.зв т.е св"),
        ("uk", AbbreviationKind.Trailing, "т.д т.п ін"),
        ("uk", AbbreviationKind.Unclear, "р рр грн коп тис млн млрд"),
        ("de", AbbreviationKind.Leading, "hr hrn fr frl dr prof dipl ing mag st z.b d.h u.a o.ä u.ä s.o s.u v.a i.d.r i.a bzw bspw vgl ca zzgl inkl exkl ggf evtl sog geb gest verh ehem allg insb insbes phil med jur rer nat hl m.e zw versch"),
        ("de", AbbreviationKind.Numbering, "nr abb kap bd abs art tab anm abschn max mind jan feb mär apr jun jul aug sep sept okt nov dez ziff rn hs aufl jg"),
        ("de", AbbreviationKind.Trailing, "usw etc usf dgl ff uvm u.v.m u.s.w"),
        ("de", AbbreviationKind.Unclear, "str pl mio mrd tsd jh jhd std min sek e.v gmbh co n.chr v.chr"),
        ("es", AbbreviationKind.Leading, "sr sra srta sres sras dña dr dra prof profa lic ing arq ud uds vd vds sto sta gral cnel avda p.ej ej vs aprox máx mín excmo excma ilmo ilma mons pbro hno hna fdo ee"),
        ("es", AbbreviationKind.Numbering, "núm nro no p pp pág págs vol fig cap art tel ed párr sec ene feb mar abr jun jul ago sept oct nov dic"),
        ("es", AbbreviationKind.Trailing, "etc"),
        ("es", AbbreviationKind.Unclear, "uu ee.uu s.a s.l a.c d.c a.m p.m depto dpto cía"),
        ("fr", AbbreviationKind.Leading, "mm mr mme mmes mlle mlles mgr dr st ste ex p.ex c.-à-d c-à-d cf av env bd vve cdt col lt sgt trad resp"),
        ("fr", AbbreviationKind.Numbering, "no nos p pp vol fig chap art tél janv févr avr juil sept oct nov déc par éd"),
        ("fr", AbbreviationKind.Trailing, "etc"),
        ("fr", AbbreviationKind.Unclear, "al cie s.a j.-c boul dép"),
        ("it", AbbreviationKind.Leading, "sig sigg dott prof ing avv on p.es es"),
        ("it", AbbreviationKind.Trailing, "ecc"),
        ("pt", AbbreviationKind.Leading, "sr sra srs sras dr dra prof profa eng p.ex av exmo exma"),
        ("pt", AbbreviationKind.Trailing, "etc"),
        ("nl", AbbreviationKind.Leading, "dhr mevr mw dr prof ir drs mr bijv bv d.w.z o.a i.p.v m.b.t"),
        ("nl", AbbreviationKind.Trailing, "enz etc"),
        ("pl", AbbreviationKind.Leading, "np tzn tzw prof dr hab inż mgr ks św ul al pl os m.in"),
        ("pl", AbbreviationKind.Trailing, "itd itp"),
    ];

    private static readonly FrozenDictionary<string, FrozenDictionary<string, AbbreviationKind>.AlternateLookup<ReadOnlySpan<char>>> Tables = Entries
        .GroupBy(entry => entry.Language)
        .ToFrozenDictionary(
            group => group.Key,
            group => group.SelectMany(entry => entry.Words.Split(' '), (entry, word) => KeyValuePair.Create(word, entry.Kind))
                .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>(),
            StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, AbbreviationKind>.AlternateLookup<ReadOnlySpan<char>> _latin;
    private readonly FrozenDictionary<string, AbbreviationKind>.AlternateLookup<ReadOnlySpan<char>> _cyrillic;

    /// <param name="language">The primary subtag of the text's language.</param>
    public Abbreviations(string language)
    {
        _cyrillic = Tables[language is "uk" ? "uk" : "ru"];
        _latin = language is not ("ru" or "uk") && Tables.TryGetValue(language, out var table) ? table : Tables[FallbackLanguage];
    }

    /// <param name="word">Without its last dot.</param>
    public AbbreviationKind? Find(ReadOnlySpan<char> word) =>
        _latin.TryGetValue(word, out var kind) || _cyrillic.TryGetValue(word, out kind) ? kind : null;
}

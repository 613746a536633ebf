using System.Text;
using VoiceFunctions.Jobs.Text;

namespace VoiceFunctions.Tests.Jobs.Text;

/// <summary>Hard cases. In the texts | stands where a sentence ends, ¶ where a paragraph does, and ~ where a space must not be cut at.</summary>
public sealed class BreakFinderTests
{
    [Theory]
    [InlineData("Dr. ~Smith and Mrs. ~Jones met at 3:30 p.m. on Main St. ~with Mr. ~Brown. |They left.")]
    [InlineData("It costs 3.14 dollars, i.e. ~little. |See fig. ~3 on p. ~12, vol. ~2. |Fig trees grow.")]
    [InlineData("No. |I will not take No. ~5. |So am I. |Then we agree.")]
    [InlineData("J. ~R. ~R. ~Tolkien and J.R.R. ~Tolkien wrote. |E. ~g. ~this, e.g. ~that.")]
    [InlineData("The U.S. ~Army came. |Apple Inc. sued, etc. |They won.")]
    [InlineData("“Stop!” he said. |“Why?” |“Because.” |(He smiled.) |Then he left…")]
    [InlineData("He said \"Go.\" |She went. |\"Really?\" she asked. |'Yes.' |It was.")]
    [InlineData("Wait... what? |Well… no. |... and so on. |He was... |Everybody ran.")]
    [InlineData("See https://example.com/a.b?c=d. |Mail a.b@example.com. |Version 2.0.1 is out.")]
    [InlineData("What?! |Really!!! |Yes. |Yahoo! offers this.")]
    [InlineData("It is 5 ~€, $ ~5, 10 ~000 people, +7 ~(495) ~123-45-67, № ~7, 20 ~°C.")]
    [InlineData("He was born in 1990. |Then he was 40. |He is et al. and co.")]
    [InlineData("1. ~First thing\n¶2. ~Second thing\n¶- ~A dash\nNext line")]
    [InlineData("One line\nfolded here. \n¶A new paragraph.\n\n¶Another one")]
    [InlineData("a 👨‍👩‍👧 b. |👋🏽 Hello! |🇩🇪 flags.")]
    public void Find_English_SentencesAndTies(string marked) => Check("en", marked);

    [Theory]
    [InlineData("Это г-н. ~Иванов, т. ~е. ~И. ~И. ~Иванов, и т. ~д. |Он живёт на ул. ~Ленина, д. ~5, кв. ~10.")]
    [InlineData("В 1990 г. он уехал в г. Москву и т.д. |Потом вернулся.")]
    [InlineData("См. ~рис. ~3 на стр. ~15. |Это я. |Она пришла.")]
    [InlineData("— ~Привет! — ~сказал он. |— ~Как дела? |— ~Хорошо…")]
    [InlineData("«Где ты?» — ~спросил он. |«Здесь». |Он ушёл. |«Да.» |Всё.")]
    [InlineData("Цена 10 ~000 руб. |Это дорого. |Скидка 5 ~%, т.е. ~мало.")]
    [InlineData("В XIX в. и до н. ~э. было так. |А. ~С. ~Пушкин писал.")]
    [InlineData("Температура −5 ~°C, население 1,5 млн чел. |Ага.")]
    [InlineData("Москва ~— столица. |Он сказал: «Иди!.. |Стой!»")]
    public void Find_Russian_SentencesAndTies(string marked) => Check("ru", marked);

    [Theory]
    [InlineData("Am 3. ~Oktober 1990 kam Dr. ~Müller, d. ~h. ~er kam z. ~B. ~mit Hrn. ~Schmidt. |Dann ging er.")]
    [InlineData("Er wurde 40. |Dann ging er. |Im 19. ~Jahrhundert lebte Ludwig XIV. ~von Frankreich.")]
    [InlineData("Das sind usw. |Dann kam z.B. ~Frau Dr. ~med. ~Weber. |Sie sprach.")]
    [InlineData("„Komm!“, rief er. |„Nein.“ |Er ging. |»Ja?« |»Nein!«")]
    [InlineData("Es kostet 1.234,56 ~€ bzw. ~5 ~%. |Siehe Abb. ~3 und Nr. ~7. |So ist es.")]
    [InlineData("Der 12. ~03. ~2024 war es. |Der II. ~Weltkrieg endete 1945. |Danach kam Frieden.")]
    public void Find_German_SentencesAndTies(string marked) => Check("de", marked);

    [Theory]
    [InlineData("¿Qué haces? |¡Nada! |¿Y tú?")]
    [InlineData("El Sr. ~López y la Sra. ~Díaz, p. ~ej., viven en EE. ~UU. desde 1990. |Son felices.")]
    [InlineData("—¿Vienes? —preguntó Ud. ~García. |—No. |Me quedo.")]
    [InlineData("Cuesta 3,50 ~€, etc. |Véase la pág. ~12 y el núm. ~4. |Fin.")]
    [InlineData("Dijo: «Hola». |Luego se fue… |¿Adónde?")]
    public void Find_Spanish_SentencesAndTies(string marked) => Check("es", marked);

    [Theory]
    [InlineData("« ~Viens ~! ~» dit-il. |Quoi ~? |Rien ~: il part ~; elle reste ~!")]
    [InlineData("«\u00A0~Viens\u00A0~!\u00A0~» |Il partit.")]
    [InlineData("M. ~Dupont et Mme. ~Durand, c.-à-d. ~eux, av. ~J.-C. déjà. |Il est 10 h 30. |Bien.")]
    [InlineData("Voir p. ~12, fig. ~3, etc. |C’est l’année 1990. |J.-P. ~Belmondo joue.")]
    [InlineData("10\u202F~000 euros. |Oui…")]
    public void Find_French_SentencesAndTies(string marked) => Check("fr", marked);

    [Theory]
    [InlineData("zh", "你好。|今天是3月5日，气温3.5度！|你来吗？|“来。”|他说：“好……吧。”|完")]
    [InlineData("zh", "价格是1，000元。|时间是10：30。|Hello!|你好。")]
    [InlineData("ja", "「行く。」と彼は言った。|そうですか？|はい！！|次は３．１４です。|終わり")]
    [InlineData("ja", "これは本です。\n¶それはペンです。\n\n¶終わり。")]
    public void Find_ChineseAndJapanese_Sentences(string language, string marked) => Check(language, marked);

    [Theory]
    [InlineData("The cat sat. |This is Dr. ~No and that was the end of it. |You see.")]
    [InlineData("Der Hund und die Katze gingen am 3. ~Oktober nicht mit dem Boot. |Das ist z. ~B. ~so.")]
    [InlineData("Los perros y las casas que no están en la calle del Sr. ~López. |Fin.")]
    [InlineData("Les chats et les chiens sont dans une maison avec M. ~Dupont. |Fin.")]
    [InlineData("Он пришёл в дом № ~5 на ул. ~Мира. |Всё.")]
    public void Find_NoLanguage_IsTakenFromTheText(string marked) => Check(null, marked);

    [Theory]
    [InlineData("a, b; c: d, 1, 2", "a, /b; /c: /d, /1, /2")]
    [InlineData("one — two—three – four", "one — /two—/three – /four")]
    [InlineData("10 – 20, 3,14 and 10:30", "10 – 20, /3,14 and 10:30")]
    [InlineData("你好，世界、和平；好", "你好，/世界、/和平；/好")]
    [InlineData("And\nThen", "And\n/Then")]
    public void Find_Clauses_AreFound(string text, string expected)
    {
        var found = new StringBuilder(text);
        foreach (var place in BreakFinder.Find(text, "en").AsEnumerable().Reverse())
        {
            if (place.Kind is BreakKind.Clause) found.Insert(place.Position, '/');
        }

        Assert.Equal(expected, found.ToString());
    }

    private static void Check(string? language, string marked)
    {
        var text = new string([.. marked.Where(c => c is not ('|' or '¶' or '~'))]);
        var found = new StringBuilder(text);
        foreach (var place in BreakFinder.Find(text, language).AsEnumerable().Reverse())
        {
            switch (place.Kind)
            {
                case BreakKind.Glued: found.Insert(place.Position, '~'); break;
                case BreakKind.Sentence: found.Insert(place.Position, '|'); break;
                case BreakKind.Paragraph: found.Insert(place.Position, '¶'); break;
            }
        }

        Assert.Equal(marked, found.ToString());
    }
}

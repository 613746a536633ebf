using System.Collections.Frozen;

namespace VoiceFunctions.Intent;

/// <summary>Word lists that the phrases share, by name.</summary>
internal static class Vocabulary
{
    private static readonly FrozenDictionary<string, string> Lists = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["voice"] = "voice|vocie|vioce|voise|audio|audios|spoken|vocal|vm|vn|mp3|recording|tts|voicemail",
        ["voicenote"] = "message|messages|msg|msgs|note|notes|memo|memos|reply|replies|answer|answers|response|responses|clip|version|recording|form|"
            + "format|mode",
        ["aloud"] = "aloud|loud",
        ["reply"] = "answer|anser|reply|do|respond|tell|explain|describe|say|speak|talk|read|recite|repeat|summarise|summarize|recap|give|spell|sing|"
            + "narrate|teach|list",
        ["replying"] = "@reply|answering|replying|responding|telling|saying|speaking|talking|reading|send|sending|use|using|record|recording|give|"
            + "giving|do|want|need",
        ["send"] = "send|record|make|leave|drop|shoot|give|create|generate|do|get|produce|prepare",
        ["written"] = "text|texts|writing|written|type|typing|typed|texting|write|words",
        ["cue"] = "please|pls|plz|can|could|would|may|want|need|prefer|lets|switch|chance|rather",
        ["apparatus"] = "quality|settings|interface|driver|drivers|file|files|problem|problems|issue|issues|jack|codec|codecs|book|books|cable|engineer|"
            + "engineering|editing|editor|equipment|system|description|lag|recorder|call|calls|channel|channels|command|commands|control|search|lessons|"
            + "range|mail|processing|output|input|device|devices|card|guide|tour|tours|track|tracks|app|apps",
        ["please"] = "please|pls|plz|plis|thanks|thx|пожалуйста|пожалуста|пж|пжл|плиз|плз|пжлст|прошу",

        ["голосом"] = "голосом|голосм|голсом|голоском|голосовым|голосовом|звуком|аудиозаписью|войсиком|голосовыми|голосовухой|голосовушкой|войсом|"
            + "войсами|аудио|аудиосообщением|аудиосообщениями|аудиоформате|аудиоформат|устно",
        ["вслух"] = "вслух|@голосом",
        ["голосовое"] = "голосовое|голосовые|голосовой|голосовуху|голосовухи|голосовушку|гс|войс|войсы|войсик|аудио|аудиосообщение|аудиосообщения|"
            + "аудиозапись|аудиоверсию|аудиоответ|аудиофайл|озвучку",
        ["голосового"] = "@голосовое|голосовых|голосового|голоса|голос|войсов|войса|озвучки|аудиосообщений|голосовух|звука",
        ["ответь"] = "ответь(те)|отвечай(те)|скажи(те)|расскажи(те)|рассказывай(те)|говори(те)|объясни(те)|обьясни(те)|прочитай(те)|прочти(те)|"
            + "читай(те)|почитай(те)|перескажи(те)|поясни(те)|проговори(те)|произнеси(те)|повтори(те)|спой(те)|подскажи(те)|сообщи(те)|поздравь(те)|"
            + "опиши(те)|давай(те)|поговори(те)|напомни(те)|пришли(те)|присылай(те)|зачитай(те)|перечисли(те)|назови(те)|изложи(те)|выдай(те)|"
            + "дублируй(те)|продублируй(те)|посоветуй(те)|помоги(те)|зачти(те)|переведи(те)|посчитай(те)|разъясни(те)|растолкуй(те)|процитируй(те)|"
            + "разговаривай(те)|покажи(те)",
        ["пришли"] = "пришли(те)|присылай(те)|отправь(те)|отправляй(те)|скинь(те)|скидывай(те)|кинь(те)|кидай(те)|запиши(те)|записывай(те)|сделай(те)|"
            + "делай(те)|дай(те)|создай(те)|пошли(те)|шли(те)|давай(те)",
        ["можно"] = "можешь|можете|можно|мог|могла|могли|сможешь|сможете|хочу|хочется|хотелось|хотел|хотела|нужен|нужно|надо|прошу|желательно|будь",
        ["сделаешь"] = "запишешь|отправишь|пришлешь|скинешь|кинешь|сделаешь|озвучишь|расскажешь|ответишь|прочитаешь|прочтешь|скажешь|наговоришь|"
            + "ответите|пришлете|запишете|расскажете|прочитаете|озвучите|скажете",
        ["самголосом"] = "голосом|голосовым|голосовыми|войсом|войсами|вслух|аудиосообщением|аудиосообщениями|устно",
        ["писать"] = "текст|текста|текстом|тексту|тексты|текстовое|текстовых|пиши(те)|писать|напиши(те)|печатай(те)|письменно|читать|буквами",
        ["нехочу"] = "не|без|нет|никаких|хватит|стоп|прекрати(те)|перестань(те)|кроме",

        ["artefact"] = "code|script|scripts|table|tables|spreadsheet|spreadsheets|link|links|url|urls|file|files|pdf|document|formula|formulas|equation|"
            + "equations|snippet|command|config|diagram|chart|graph|template|query",
        ["technical"] = "pptx|ppt|docx|powerpoint|презентацию|json|yaml|yml|xml|csv|html|css|sql|regex|regexp|spreadsheet|xlsx|excel|latex|dockerfile|"
            + "markdown|crontab|регулярка|регулярку|регулярки|регулярное|джейсон|эксель|экселе|эксельку|ямл",
        ["want"] = "send|give|gimme|write|show|make|create|generate|read|build|put|dictate|share|attach|forward|say|tell|need|want|answer|message|note|"
            + "speak|reply|draw|list|voice|aloud|loud|audio",
        ["артефакт"] = "код|кода|коду|кодом|скрипт|скрипта|скриптом|скрипты|таблица|таблицу|таблицы|таблицей|табличку|ссылка|ссылку|ссылки|ссылок|"
            + "ссылками|ссылкой|файл|файла|файлом|файлы|формула|формулу|формулы|формул|пдф|pdf|схему|график|конфиг|конфига|документ|запрос|линк|линки",
        ["дай"] = "@пришли|@ответь|напиши(те)|покажи(те)|продиктуй(те)|составь(те)|сгенерируй(те)|озвучь(те)|построй(те)|нарисуй(те)|надиктуй(те)|нужен|"
            + "нужна|нужны|голосом|голосовое|голосовым|вслух|войсом|аудио",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words of a pattern's part: alternatives, lists by name, optional endings.</summary>
    public static string[] Expand(string part) => [.. part.Split('|').SelectMany(ExpandOne)];

    private static IEnumerable<string> ExpandOne(string word)
    {
        if (word[0] == '@')
        {
            return Expand(Lists[word[1..]]);
        }

        var ending = word.IndexOf('(', StringComparison.Ordinal);
        return ending < 0 ? [word] : [word[..ending], string.Concat(word.AsSpan(0, ending), word.AsSpan(ending + 1, word.Length - ending - 2))];
    }
}

using VoiceFunctions.Problems;

namespace VoiceFunctions.Tests.Problems;

public sealed class FieldErrorsTests
{
    [Fact]
    public void ThrowIfAny_NothingWrong_DoesNotThrow()
    {
        var errors = new FieldErrors();
        errors.AddIf(wrong: false, "field", "is wrong.");
        errors.CheckLanguage(null);
        errors.CheckProviders(null, null);

        Assert.Null(Record.Exception(errors.ThrowIfAny));
    }

    [Fact]
    public void ThrowIfAny_SeveralWrong_TellsEverythingAtOnce()
    {
        var errors = new FieldErrors();
        errors.Add("a", "is one.");
        errors.Add("b", "is two.");
        errors.Add("a", "is three.");

        var problem = Assert.Throws<ProblemException>(errors.ThrowIfAny);

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
        Assert.Equal(["is one.", "is three."], problem.Errors!["a"]);
        Assert.Equal(["is two."], problem.Errors["b"]);
        Assert.Equal("a is one. a is three. b is two.", problem.Message);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("EN-us")]
    [InlineData("zh-Hans-CN")]
    [InlineData("sr-Latn-RS")]
    [InlineData("es-419")]
    [InlineData("de-CH-1996")]
    public void CheckLanguage_Tag_IsTaken(string tag) => Assert.Null(Record.Exception(() => Check(errors => errors.CheckLanguage(tag))));

    [Theory]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("en_US")]
    [InlineData("en-")]
    [InlineData("-en")]
    [InlineData("en US")]
    [InlineData("en\n")]
    [InlineData("en-US\n")]
    [InlineData("русский")]
    [InlineData("en-abcdefghi")]
    [InlineData("abcdefghi")]
    public void CheckLanguage_NoTag_IsRefused(string tag)
    {
        var problem = Assert.Throws<ProblemException>(() => Check(errors => errors.CheckLanguage(tag)));

        Assert.Equal(["language"], problem.Errors!.Keys);
    }

    [Fact]
    public void CheckProviders_OneOrList_IsTakenButNotBoth()
    {
        Assert.Null(Record.Exception(() => Check(errors => errors.CheckProviders("a", null))));
        Assert.Null(Record.Exception(() => Check(errors => errors.CheckProviders(null, ["a", "b"]))));

        var problem = Assert.Throws<ProblemException>(() => Check(errors => errors.CheckProviders("a", ["a"])));
        Assert.Equal(["provider"], problem.Errors!.Keys);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void CheckProviders_Count_IsBounded(int count, bool taken)
    {
        var exception = Record.Exception(() => Check(errors => errors.CheckProviders(null, [.. Enumerable.Repeat("a", count)])));

        Assert.Equal(taken, exception is null);
    }

    [Fact]
    public void CheckProviders_EmptyName_IsRefused()
    {
        Assert.Throws<ProblemException>(() => Check(errors => errors.CheckProviders(null, ["a", ""])));
        Assert.Throws<ProblemException>(() => Check(errors => errors.CheckProviders(null, [null!])));
    }

    private static void Check(Action<FieldErrors> check)
    {
        var errors = new FieldErrors();
        check(errors);
        errors.ThrowIfAny();
    }
}

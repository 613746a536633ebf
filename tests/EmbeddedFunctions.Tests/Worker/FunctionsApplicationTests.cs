using Microsoft.Azure.Functions.Worker.Builder;

namespace EmbeddedFunctions.Tests.Worker;

public sealed class FunctionsApplicationTests
{
    [Fact]
    public void CreateBuilder_NoHostJsonBesideTheApp_IsRefused()
    {
        var exception = Assert.Throws<InvalidDataException>(() => FunctionsApplication.CreateBuilder([]));

        Assert.Contains(AppContext.BaseDirectory, exception.Message, StringComparison.Ordinal);
    }
}

namespace CommandCenter.EndToEnd.Tests.Product;

/// <summary>The simulator process that feeds a server with the demonstration day.</summary>
internal static class Demonstration
{
    public static ChildProcess Start(ProductHost host) => ChildProcess.Start(
        ProductFiles.Dotnet,
        [
            ProductFiles.Simulator, "demonstrate", "--server", host.Address.GetLeftPart(UriPartial.Authority),
            "--key-file", host.KeyFile,
        ],
        Path.GetTempPath());
}

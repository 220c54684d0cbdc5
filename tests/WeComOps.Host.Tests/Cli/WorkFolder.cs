namespace WeComOps.Host.Tests.Cli;

/// <summary>An empty folder to run the program in; gone afterwards.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string FullName { get; } = System.IO.Directory.CreateTempSubdirectory("wecomops-host-tests-").FullName;

    public string PathOf(string file) => Path.Combine(FullName, file);

    public string Write(string file, string text)
    {
        File.WriteAllText(PathOf(file), text);
        return PathOf(file);
    }

    public Task<Finished> RunAsync(params string[] arguments) => Wecomops.RunAsync(FullName, arguments);

    public void Dispose() => System.IO.Directory.Delete(FullName, recursive: true);
}

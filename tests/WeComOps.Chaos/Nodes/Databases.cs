namespace WeComOps.Chaos.Nodes;

internal static class Databases
{
    public static IDatabase Open(ChaosEngine engine, string folder) => engine switch
    {
        ChaosEngine.Sqlite => new SqliteDatabase(Path.Combine(folder, "wecomops.db")),
        _ => throw new NotSupportedException($"{engine} is not there yet."),
    };
}

namespace WeComOps.Chaos.Nodes;

internal static class Databases
{
    public static async Task<IDatabase> MakeAsync(ChaosEngine engine, string folder) =>
        engine == ChaosEngine.Sqlite ? new SqliteDatabase(Path.Combine(folder, "wecomops.db")) : await PostgresDatabase.MakeAsync();
}

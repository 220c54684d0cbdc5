using System.Globalization;
using System.Reflection;

namespace WeComOps.Storage.Sql;

/// <summary>One numbered step of the schema. Steps only go forward and are never edited once released.</summary>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>The embedded <c>NNNN_name.sql</c> files of an engine, in order.</summary>
    public static IReadOnlyList<Migration> Load(string folder)
    {
        var assembly = typeof(Migration).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => Read(assembly, name)),
        ];
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        var file = resource[(resource.IndexOf('/', StringComparison.Ordinal) + 1)..^".sql".Length];
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(file.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), file[5..], reader.ReadToEnd());
    }
}

using System.IO.Compression;
using System.Text;

namespace WeComOps.Templates;

/// <summary>
/// Templates as files, <c>kind/id.scriban</c> in a zip: what a team keeps in version control. Export writes the newest version of
/// each; import makes drafts, never more: what comes from a file is reviewed like what was typed.
/// </summary>
public static class TemplateArchive
{
    public const int MostEntries = 1000;
    private const int LargestEntry = 64 * 1024;
    private const string Extension = ".scriban";

    /// <summary>One moment for all entries, so that equal templates make equal archives.</summary>
    private static readonly DateTimeOffset EntryTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Write(IEnumerable<Template> templates)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var template in templates.Where(template => template.Latest is not null).OrderBy(template => template.Id, StringComparer.Ordinal))
            {
                var entry = zip.CreateEntry($"{TemplateSource.NameOf(template.Kind)}/{template.Id}{Extension}");
                entry.LastWriteTime = EntryTime;
                using var stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(template.Latest!.Source));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Ids and texts of the template files; samples and other files are passed over.</summary>
    /// <returns>The files, or why the archive is refused, in the words of the screen.</returns>
    public static (IReadOnlyList<(string Id, string Text)> Files, string? Refusal) Read(Stream archive)
    {
        try
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            var entries = zip.Entries.Where(entry => entry.Name.EndsWith(Extension, StringComparison.Ordinal)).ToArray();
            if (entries.Length is 0 or > MostEntries)
            {
                return ([], $"压缩包里有 {entries.Length} 个 {Extension} 文件，需要 1 到 {MostEntries} 个。没有导入任何内容。");
            }

            var files = new List<(string, string)>(entries.Length);
            foreach (var entry in entries)
            {
                var id = entry.Name[..^Extension.Length];
                if (!IsId(id) || ReadText(entry) is not { } text)
                {
                    return ([], $"{entry.FullName}：文件名要用小写字母、数字和短横线，内容是 UTF-8 文本、不超过 64 KB。没有导入任何内容。");
                }

                files.Add((id, text));
            }

            return files.Select(file => file.Item1).Distinct(StringComparer.Ordinal).Count() == files.Count
                ? (files, null)
                : ([], "压缩包里有两个文件同名。没有导入任何内容。");
        }
        catch (InvalidDataException)
        {
            return ([], "这不是 zip 压缩包，或者已经损坏。没有导入任何内容。");
        }
    }

    /// <summary>1 to 60 lower-case letters, digits and dashes, and not the address of another page.</summary>
    public static bool IsId(string id) =>
        id is { Length: > 0 and <= 60 } and not ("new" or "review" or "exemptions") && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>What an entry says of its length is not believed.</summary>
    private static string? ReadText(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var buffer = new byte[LargestEntry + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        try
        {
            return length > LargestEntry ? null : new UTF8Encoding(false, true).GetString(buffer, 0, length).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

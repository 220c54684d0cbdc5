using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WeComOps.Media;

namespace WeComOps.Templates;

/// <summary>What an archive holds.</summary>
/// <param name="Templates">Ids and texts.</param>
/// <param name="Pictures">File names and bytes.</param>
/// <param name="Refusal">Why nothing of it is taken, in the words of the screen; null: it can be.</param>
public sealed record TemplateFiles(IReadOnlyList<(string Id, string Text)> Templates, IReadOnlyList<(string Name, byte[] Bytes)> Pictures, string? Refusal)
{
    internal static TemplateFiles None(string refusal) => new([], [], refusal);
}

/// <summary>
/// Templates as files in a zip, what a team keeps in version control: <c>kind/id.scriban</c>, beside it its samples as data and what
/// they print, and the pictures that they name. Export writes the newest version of each; import makes drafts, never more: what comes
/// from a file is reviewed like what was typed.
/// </summary>
public static class TemplateArchive
{
    public const int MostEntries = 1000;

    /// <summary>Of all pictures together, unpacked.</summary>
    public const int LargestPictures = 64 * 1024 * 1024;

    private const int LargestEntry = 64 * 1024;
    private const string Extension = ".scriban";
    private const string PictureFolder = "pictures/";
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One moment for all entries, so that equal templates make equal archives.</summary>
    private static readonly DateTimeOffset EntryTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="pictures">Those that the templates name.</param>
    public static byte[] Write(IEnumerable<Template> templates, ITemplateEngine engine, IEnumerable<(string Name, byte[] Bytes)> pictures)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var template in templates.Where(template => template.Latest is not null).OrderBy(template => template.Id, StringComparer.Ordinal))
            {
                var path = $"{TemplateSource.NameOf(template.Kind)}/{template.Id}";
                Add(zip, path + Extension, Encoding.UTF8.GetBytes(template.Latest!.Source));
                // A draft may not compile yet: then there is nothing that its samples would print.
                if (TemplateSource.Parse(template.Latest.Source).Source is { } source && engine.Compile(source).Program is { } program
                    && TemplatePreview.Render(source, program, data: null).Text is { } printed)
                {
                    Add(zip, path + ".sample.json", Encoding.UTF8.GetBytes(TemplatePreview.Model(source).ToJsonString(Readable) + "\n"));
                    Add(zip, path + ".expected.txt", Encoding.UTF8.GetBytes(printed + "\n"));
                }
            }

            foreach (var (name, content) in pictures.OrderBy(picture => picture.Name, StringComparer.Ordinal))
            {
                Add(zip, PictureFolder + name, content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Templates and pictures; samples and other files are passed over.</summary>
    public static TemplateFiles Read(Stream archive)
    {
        try
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            var entries = zip.Entries.Where(entry => entry.Name.EndsWith(Extension, StringComparison.Ordinal)).ToArray();
            if (entries.Length is 0 or > MostEntries)
            {
                return TemplateFiles.None($"压缩包里有 {entries.Length} 个 {Extension} 文件，需要 1 到 {MostEntries} 个。没有导入任何内容。");
            }

            var files = new List<(string, string)>(entries.Length);
            foreach (var entry in entries)
            {
                var id = entry.Name[..^Extension.Length];
                if (!IsId(id) || ReadText(entry) is not { } text)
                {
                    return TemplateFiles.None($"{entry.FullName}：文件名要用小写字母、数字和短横线，内容是 UTF-8 文本、不超过 64 KB。没有导入任何内容。");
                }

                files.Add((id, text));
            }

            if (files.Select(file => file.Item1).Distinct(StringComparer.Ordinal).Count() != files.Count)
            {
                return TemplateFiles.None("压缩包里有两个文件同名。没有导入任何内容。");
            }

            return ReadPictures(zip) is { } pictures
                ? new TemplateFiles(files, pictures, null)
                : TemplateFiles.None($"pictures 里有超过 10 MB 的图片，或图片一共超过 {LargestPictures / 1024 / 1024} MB。没有导入任何内容。");
        }
        catch (InvalidDataException)
        {
            return TemplateFiles.None("这不是 zip 压缩包，或者已经损坏。没有导入任何内容。");
        }
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = EntryTime;
        using var stream = entry.Open();
        stream.Write(content);
    }

    /// <summary>Null when one or all of them are too large.</summary>
    private static List<(string Name, byte[] Bytes)>? ReadPictures(ZipArchive zip)
    {
        var pictures = new List<(string, byte[])>();
        var left = LargestPictures;
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.StartsWith(PictureFolder, StringComparison.Ordinal) && entry.Name.Length > 0).Take(MostEntries))
        {
            if (ReadBytes(entry, Math.Min(left, PictureLimits.LargestBytes)) is not { } content)
            {
                return null;
            }

            left -= content.Length;
            pictures.Add((entry.Name, content));
        }

        return pictures;
    }

    /// <summary>1 to 60 lower-case letters, digits and dashes, and not the address of another page.</summary>
    public static bool IsId(string id) =>
        id is { Length: > 0 and <= 60 } and not ("new" or "review" or "exemptions") && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static string? ReadText(ZipArchiveEntry entry)
    {
        try
        {
            return ReadBytes(entry, LargestEntry) is { } bytes ? new UTF8Encoding(false, true).GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n") : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Null when it is longer than that; what an entry says of its length is not believed.</summary>
    private static byte[]? ReadBytes(ZipArchiveEntry entry, int most)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            content.Write(buffer, 0, read);
            if (content.Length > most)
            {
                return null;
            }
        }

        return content.ToArray();
    }
}

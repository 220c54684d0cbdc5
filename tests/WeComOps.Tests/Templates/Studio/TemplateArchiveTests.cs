using System.IO.Compression;
using System.Text;
using WeComOps.Templates;

namespace WeComOps.Tests.Templates.Studio;

public sealed class TemplateArchiveTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 9, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_exported_comes_back_as_it_was()
    {
        var archive = TemplateArchive.Write([Template("gold", "---\nkind: moment\n---\n金价\n"), Template("rates", "第二个")]);
        var (files, refusal) = TemplateArchive.Read(new MemoryStream(archive));
        Assert.Null(refusal);
        Assert.Equal([("gold", "---\nkind: moment\n---\n金价\n"), ("rates", "第二个")], files);
    }

    [Fact]
    public void Equal_templates_make_equal_archives() => Assert.Equal(
        TemplateArchive.Write([Template("a", "x"), Template("b", "y")]), TemplateArchive.Write([Template("b", "y"), Template("a", "x")]));

    [Theory]
    [InlineData("moment/Upper.scriban")]
    [InlineData("moment/new.scriban")]
    [InlineData("../.scriban")]
    public void A_name_that_is_no_id_refuses_the_whole(string name)
    {
        var (files, refusal) = TemplateArchive.Read(Zip((name, "x"u8.ToArray()), ("moment/good.scriban", "x"u8.ToArray())));
        Assert.Empty(files);
        Assert.Contains("没有导入", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_large_not_text_or_twice_the_same_refuses_the_whole()
    {
        Assert.NotNull(TemplateArchive.Read(Zip(("a.scriban", new byte[(64 * 1024) + 1]))).Refusal);
        Assert.NotNull(TemplateArchive.Read(Zip(("a.scriban", [0xFF, 0xFE, 0x80]))).Refusal);
        Assert.NotNull(TemplateArchive.Read(Zip(("x/a.scriban", "1"u8.ToArray()), ("y/a.scriban", "2"u8.ToArray()))).Refusal);
        Assert.NotNull(TemplateArchive.Read(new MemoryStream("no zip"u8.ToArray())).Refusal);
        Assert.NotNull(TemplateArchive.Read(Zip(("readme.md", "x"u8.ToArray()))).Refusal);
    }

    [Fact]
    public void Files_of_a_team_beside_the_templates_are_passed_over()
    {
        var (files, refusal) = TemplateArchive.Read(Zip(("moment/a.scriban", "x"u8.ToArray()), ("moment/a.sample.json", "{}"u8.ToArray())));
        Assert.Null(refusal);
        Assert.Equal([("a", "x")], files);
    }

    private static Template Template(string id, string source) =>
        new Template(id, TemplateKind.Moment, id, "chen.jing", "内容组", null, []).SaveDraft(source, Now);

    private static MemoryStream Zip(params (string Name, byte[] Bytes)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        stream.Position = 0;
        return stream;
    }
}

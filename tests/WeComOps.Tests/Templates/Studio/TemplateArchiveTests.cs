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
        var archive = Write([Template("gold", "---\nkind: moment\n---\n金价\n"), Template("rates", "第二个")]);
        var (files, _, refusal) = TemplateArchive.Read(new MemoryStream(archive));
        Assert.Null(refusal);
        Assert.Equal([("gold", "---\nkind: moment\n---\n金价\n"), ("rates", "第二个")], files);
    }

    [Fact]
    public void Equal_templates_make_equal_archives() => Assert.Equal(
        Write([Template("a", "x"), Template("b", "y")]), Write([Template("b", "y"), Template("a", "x")]));

    [Theory]
    [InlineData("moment/Upper.scriban")]
    [InlineData("moment/new.scriban")]
    [InlineData("../.scriban")]
    public void A_name_that_is_no_id_refuses_the_whole(string name)
    {
        var (files, _, refusal) = TemplateArchive.Read(Zip((name, "x"u8.ToArray()), ("moment/good.scriban", "x"u8.ToArray())));
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
        var (files, _, refusal) = TemplateArchive.Read(Zip(("moment/a.scriban", "x"u8.ToArray()), ("moment/a.sample.json", "{}"u8.ToArray())));
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

    [Fact]
    public void Samples_and_what_they_print_stand_beside_the_text_and_print_the_same_again()
    {
        const string text = "---\nkind: moment\ntitle: x\nproductType: none\nvariables:\n  n: { type: number, sample: \"3.50\" }\nwordings:\n  a: [早上好, 下午好]\n---\n{{ a }}，{{ n }}%\n";
        using var zip = new ZipArchive(new MemoryStream(Write([Template("gold", text)])));
        Assert.Equal(["moment/gold.expected.txt", "moment/gold.sample.json", "moment/gold.scriban"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));

        var source = TemplateSource.Parse(text).Source!;
        var sample = System.Text.Json.Nodes.JsonNode.Parse(Read(zip, "moment/gold.sample.json"))!.AsObject();
        Assert.Equal("早上好，3.50%\n", Read(zip, "moment/gold.expected.txt"));
        Assert.Equal("早上好，3.50%", TemplatePreview.Render(source, TemplateEngines.Create().Compile(source).Program!, sample).Text);
    }

    [Fact]
    public void Pictures_go_with_the_templates_and_come_back()
    {
        byte[] picture = [1, 2, 3];
        var files = TemplateArchive.Read(new MemoryStream(TemplateArchive.Write([Template("a", "x")], TemplateEngines.Create(), [("chart.png", picture)])));
        var (name, bytes) = Assert.Single(files.Pictures);
        Assert.Equal("chart.png", name);
        Assert.Equal(picture, bytes);
        Assert.NotNull(TemplateArchive.Read(Zip(("a.scriban", "x"u8.ToArray()), ("pictures/large.png", new byte[(10 * 1024 * 1024) + 1]))).Refusal);
    }

    private static string Read(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static byte[] Write(IReadOnlyList<Template> templates) => TemplateArchive.Write(templates, TemplateEngines.Create(), []);
}

using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

public sealed class TemplateApprovalTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 9, 1, 0, 0, TimeSpan.Zero);
    private static readonly Template Empty = new("gold", TemplateKind.Moment, "黄金", "chen", "team", null, []);

    [Fact]
    public void Nobody_approves_what_they_wrote() =>
        Assert.Throws<InvalidOperationException>(() => Empty.SaveDraft("text", Now).Submit(Now).Approve("chen", Now));

    [Fact]
    public void Nobody_approves_what_goes_on_from_their_own_words()
    {
        var returned = Empty.SaveDraft("zhou's words", Now, "zhou").Submit(Now).Return("sun", "shorter", Now);
        var next = returned.SaveDraft("zhou's words.", Now, "chen").Submit(Now);
        Assert.Throws<InvalidOperationException>(() => next.Approve("zhou", Now));
        Assert.False(next.WaitsFor("zhou"));

        var beside = Empty.SaveDraft("zhou's words", Now, "zhou").BeginVersion("zhou's words!", Now, "chen").Submit(Now);
        Assert.Throws<InvalidOperationException>(() => beside.Approve("zhou", Now));

        // What was approved in between has been read by another: it begins anew.
        var anew = next.Approve("sun", Now).SaveDraft("other words", Now, "chen").Submit(Now);
        Assert.True(anew.WaitsFor("zhou"));
    }

    [Fact]
    public void What_is_no_longer_the_text_that_was_approved_may_not_leave()
    {
        var approved = Empty.SaveDraft("text", Now).Submit(Now).Approve("sun", Now);
        Assert.NotNull(approved.ApprovedAs(1));

        var tampered = approved with { Versions = [approved.Approved! with { Source = "text that nobody read" }] };
        Assert.Null(tampered.ApprovedAs(1));
        Assert.Null(approved.SaveDraft("draft", Now).ApprovedAs(2));
    }

    [Fact]
    public void An_approved_version_is_hashed_and_editing_it_starts_a_new_draft()
    {
        var approved = Empty.SaveDraft("text", Now).Submit(Now).Approve("sun", Now);
        var edited = approved.SaveDraft("other text", Now);
        Assert.Equal(64, approved.Approved!.Hash!.Length);
        Assert.Equal((2, VersionState.Draft), (edited.Latest!.Number, edited.Latest.State));
        Assert.Equal("text", edited.Approved!.Source);
    }

    [Fact]
    public void A_draft_that_was_not_submitted_cannot_be_approved() =>
        Assert.Throws<InvalidOperationException>(() => Empty.SaveDraft("text", Now).Approve("sun", Now));

    [Fact]
    public void An_unknown_variable_is_refused_with_line_and_column_of_the_file()
    {
        const string text = "---\nkind: moment\ntitle: 黄金\n---\n第一行\n价格 {{ gold_price }}\n";
        var (source, _) = TemplateSource.Parse(text);
        var (program, faults) = TemplateEngines.Create().Compile(source!);
        Assert.Null(program);
        Assert.Equal((6, 7), (faults[0].Line, faults[0].Column));
        Assert.NotEmpty(faults[0].Remedy);
    }

    [Fact]
    public void A_moment_knows_no_advisor_because_many_share_its_text()
    {
        var (source, _) = TemplateSource.Parse("---\nkind: moment\ntitle: 黄金\n---\n{{ advisor.name }}");
        Assert.NotEmpty(TemplateEngines.Create().Compile(source!).Faults);
    }

    [Theory]
    [InlineData("no front matter", 1)]
    [InlineData("---\nkind: moment\ntitle: x\n", 1)]
    [InlineData("---\nkind: poem\ntitle: x\n---\ntext", 2)]
    [InlineData("---\nkind: moment\n---\ntext", 2)]
    [InlineData("---\nkind: [moment\n---\ntext", 3)] // the bracket is missing where the front matter ends
    public void A_bad_front_matter_is_named_by_line_with_what_to_do(string text, int line)
    {
        var (source, fault) = TemplateSource.Parse(text);
        Assert.Null(source);
        Assert.Equal(line, fault!.Line);
        Assert.NotEmpty(fault.Remedy);
    }

    [Fact]
    public void Wordings_make_different_texts_until_they_run_out()
    {
        var (source, _) = TemplateSource.Parse("---\nkind: moment\ntitle: x\nwordings:\n  opening: [a, b]\n  closing: [c, d, e]\n---\n{{ opening }}{{ closing }}");
        var texts = Enumerable.Range(0, 6).Select(number => string.Concat(source!.WordingOf(number).Values)).Distinct().Count();
        Assert.Equal((6, 6), (source!.DistinctWordings, texts));
    }

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(3, 4, 5)]
    [InlineData(4, 2, 6)]
    [InlineData(1, 3, 3)]
    public void No_combination_comes_twice_before_all_have_come_and_neighbours_rarely_share_a_phrase(int first, int second, int third)
    {
        var counts = new[] { first, second, third };
        var source = TemplateSource.Parse("---\nkind: moment\ntitle: x\nwordings:\n" + string.Concat(counts.Select((count, name) => $"  w{name}: [{string.Join(", ", Enumerable.Range(0, count).Select(phrase => $"p{phrase}"))}]\n"))
            + "---\n{{ w0 }}{{ w1 }}{{ w2 }}").Source!;
        var texts = Enumerable.Range(0, source.DistinctWordings).Select(number => source.WordingOf(number)).ToArray();

        Assert.Equal(source.DistinctWordings, texts.Select(text => string.Join(' ', text.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value))).Distinct().Count());
        var shared = texts.Zip(texts.Skip(1)).Sum(pair => pair.First.Count(phrase => counts[phrase.Key[1] - '0'] > 1 && pair.Second[phrase.Key] == phrase.Value));
        Assert.True(shared * 3 < texts.Length * counts.Count(count => count > 1), $"{shared} of {texts.Length}");
    }
}

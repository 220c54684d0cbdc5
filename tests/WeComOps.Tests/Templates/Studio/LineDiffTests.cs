using FsCheck;
using FsCheck.Fluent;
using WeComOps.Templates;

namespace WeComOps.Tests.Templates.Studio;

public sealed class LineDiffTests
{
    [Fact]
    public void What_stays_stands_beside_itself_and_what_changed_in_one_row()
    {
        var rows = LineDiff.Compare("开头\n中间\n结尾", "开头\n新的中间\n多一句\n结尾");
        Assert.Equal(
            [
                new DiffRow(DiffKind.Same, 1, "开头", 1, "开头"),
                new DiffRow(DiffKind.Changed, 2, "中间", 2, "新的中间"),
                new DiffRow(DiffKind.Added, null, null, 3, "多一句"),
                new DiffRow(DiffKind.Same, 3, "结尾", 4, "结尾"),
            ],
            rows);
    }

    [Fact]
    public void A_removed_line_leaves_the_right_side_empty() => Assert.Equal(
        [new DiffRow(DiffKind.Same, 1, "a", 1, "a"), new DiffRow(DiffKind.Removed, 2, "b", null, null), new DiffRow(DiffKind.Same, 3, "c", 2, "c")],
        LineDiff.Compare("a\nb\nc", "a\nc"));

    [Fact]
    public void Both_sides_are_complete_and_in_order() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Texts(), Texts(), (before, after) =>
        {
            var rows = LineDiff.Compare(before, after);
            Assert.Equal(before.Split('\n'), rows.Where(row => row.OldLine is not null).Select(row => row.Old));
            Assert.Equal(after.Split('\n'), rows.Where(row => row.NewLine is not null).Select(row => row.New));
            Assert.Equal(rows.Where(row => row.OldLine is not null).Select((_, n) => n + 1), rows.Where(row => row.OldLine is not null).Select(row => row.OldLine!.Value));
            Assert.All(rows.Where(row => row.Kind == DiffKind.Same), row => Assert.Equal(row.Old, row.New));
        }));

    [Fact]
    public void Two_very_long_texts_are_compared_without_a_table_of_their_product()
    {
        var before = string.Join('\n', Enumerable.Range(0, 5000).Select(line => "a" + line));
        var after = string.Join('\n', Enumerable.Range(0, 5000).Select(line => "b" + line));
        Assert.Equal(5000, LineDiff.Compare(before, after).Count);
    }

    private static Arbitrary<string> Texts() => Arb.From(
        Gen.Elements("a", "b", "c", "").ListOf().Select(lines => string.Join('\n', lines)));
}

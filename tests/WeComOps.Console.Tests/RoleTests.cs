using System.Net;
using WeComOps.Access;

namespace WeComOps.Console.Tests;

public sealed class RoleTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private static readonly Dictionary<string, Person> People = new(StringComparer.Ordinal)
    {
        [Role.Manager] = SampleBank.Manager,
        [Role.Editor] = SampleBank.Editor,
        [Role.Reviewer] = SampleBank.Reviewer,
        [Role.Answerer] = SampleBank.Answerer,
        [Role.Administrator] = SampleBank.Administrator,
    };

    [Theory]
    [InlineData("/advisors", "manager editor administrator")]
    [InlineData("/explain?week=2026-W46&metric=action_score&subject=bank:all", "manager editor administrator")]
    [InlineData("/api/v1/scorecards/2026-W46", "manager editor administrator")]
    [InlineData("/instructions", "manager editor reviewer administrator")]
    [InlineData("/instructions/new", "editor")]
    [InlineData("/templates", "manager editor reviewer")]
    [InlineData("/market", "manager editor reviewer")]
    [InlineData("/pictures", "manager editor reviewer")]
    [InlineData("/templates/exemptions", "manager editor reviewer")]
    [InlineData("/templates/review", "reviewer")]
    [InlineData("/questions", "editor answerer")]
    [InlineData("/links", "manager editor")]
    [InlineData("/customers", "manager editor")]
    [InlineData("/settings", "manager editor administrator")]
    [InlineData("/inbox", "manager administrator")]
    [InlineData("/checks", "manager administrator")]
    public async Task A_page_opens_for_its_roles_and_no_other(string path, string allowed)
    {
        foreach (var (role, person) in People)
        {
            using var browser = await console.SignedInAsync(person);
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));

            var expected = allowed.Split(' ').Contains(role, StringComparer.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
            Assert.True(expected == answer.StatusCode, $"{role} got {(int)answer.StatusCode} at {path}");
        }
    }

    [Fact]
    public async Task What_a_role_may_not_do_is_not_shown()
    {
        using var browser = await console.SignedInAsync(SampleBank.Administrator);

        var home = await browser.GetStringAsync(new Uri("/", UriKind.Relative));

        Assert.DoesNotContain("href=\"/questions\"", home, StringComparison.Ordinal);
        Assert.Contains("href=\"/settings\"", home, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answerer_who_opens_the_home_is_brought_to_the_desk()
    {
        using var browser = await console.SignedInAsync(SampleBank.Answerer);

        using var answer = await browser.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal("/questions", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task An_administrator_does_not_read_a_customers_words()
    {
        using var manager = await console.SignedInAsync(SampleBank.Manager);
        using var administrator = await console.SignedInAsync(SampleBank.Administrator);
        var fact = new Uri("/facts/2026-11-16/question_asked:hostile", UriKind.Relative);

        Assert.Contains("CDATA", await manager.GetStringAsync(fact), StringComparison.Ordinal);
        Assert.DoesNotContain("CDATA", await administrator.GetStringAsync(fact), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_reviewer_approves()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);

        using var refused = await ConsoleFixture.PostAsync(editor, "/templates/deposit-news", "/templates/deposit-news?handler=Approve");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}

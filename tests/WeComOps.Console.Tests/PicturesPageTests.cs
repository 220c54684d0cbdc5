using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Media;

namespace WeComOps.Console.Tests;

/// <summary>Upload, look at, use.</summary>
public sealed class PicturesPageTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    /// <summary>The smallest real one: a single grey point.</summary>
    private static readonly byte[] Point = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==");

    [Fact]
    public async Task An_uploaded_picture_is_served_from_the_own_origin_as_what_it_is_and_nothing_else()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);

        using var uploaded = await UploadAsync(editor, "金价.png", Point);

        Assert.Equal("/pictures", uploaded.Headers.Location?.OriginalString);
        var picture = Assert.Single(await The<IPictureStore>().FindByNameAsync("金价.png", CancellationToken.None));
        Assert.Equal((1, 1, "e-lin"), (picture.Width, picture.Height, picture.AddedBy));
        Assert.Contains($"<img src=\"/pictures/{picture.Id}\"", await ReadAsync(editor, "/pictures"), StringComparison.Ordinal);
        using var file = await editor.GetAsync(new Uri("/pictures/" + picture.Id, UriKind.Relative));
        Assert.Equal(Point, await file.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("inline", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(file.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(file.Headers.CacheControl is { Private: true, MaxAge.Days: 365 });
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_is_refused_in_words()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);

        using var script = await UploadAsync(editor, "a.png", "<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray());
        using var large = await UploadAsync(editor, "b.png", [.. Point, .. new byte[11 * 1024 * 1024]]);
        using var nothing = await ConsoleFixture.PostAsync(editor, "/pictures", "/pictures");

        Assert.Contains("这不是 PNG 或 JPG 图片", await script.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("图片超过 10 MB，没有保存", await large.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("请选择一张图片", await nothing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await The<IPictureStore>().FindByNameAsync("a.png", CancellationToken.None));
    }

    [Fact]
    public async Task An_upload_without_the_forms_token_or_by_a_reader_is_refused()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        using var reviewer = await console.SignedInAsync(SampleBank.Reviewer);

        using var forged = await UploadAsync(editor, "forged.png", Point, token: "none");
        using var refused = await UploadAsync(reviewer, "read.png", Point);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(await The<IPictureStore>().FindByNameAsync("forged.png", CancellationToken.None));
    }

    [Fact]
    public async Task The_phone_shows_the_pictures_of_the_text_and_says_which_is_missing()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        await UploadAsync(editor, "phone.png", [.. Point, 1]);
        var picture = Assert.Single(await The<IPictureStore>().FindByNameAsync("phone.png", CancellationToken.None));

        await ConsoleFixture.PostAsync(
            editor, "/templates/new", "/templates/new?handler=Save", ("newId", "with-pictures"), ("source", "---\nkind: moment\ntitle: 图\nimages:\n  - phone.png\n  - lost.png\n---\n看图\n"));

        var side = await ReadAsync(editor, "/templates/with-pictures");
        Assert.Contains($"<img src=\"/pictures/{picture.Id}\" alt=\"phone.png\"", side, StringComparison.Ordinal);
        Assert.Contains("lost.png 没有这张图片", side, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_is_not_there_is_not_found()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        using var answer = await editor.GetAsync(new Uri("/pictures/ffffffffffffffff", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private T The<T>()
        where T : notnull => console.Services.GetRequiredService<T>();

    private static Task<string> ReadAsync(HttpClient browser, string path) => browser.GetStringAsync(new Uri(path, UriKind.Relative));

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient browser, string name, byte[] bytes, string? token = null)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        form.Add(file, "file", name);
        form.Add(new StringContent(token ?? ConsoleFixture.TokenOf(await ReadAsync(browser, "/pictures"))), "__RequestVerificationToken");
        return await browser.PostAsync(new Uri("/pictures", UriKind.Relative), form);
    }
}

using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using WeComOps.Media;
using WeComOps.Primitives;

namespace WeComOps.Tests.Media;

public sealed class AddPictureTests
{
    private readonly Shelf _shelf = new();

    [Fact]
    public async Task A_png_is_kept_under_the_digest_of_its_bytes()
    {
        var (picture, refusal) = await AddAsync("金价走势.png", Png(640, 480));
        Assert.Null(refusal);
        Assert.Equal(("金价走势.png", "image/png", 640, 480), (picture!.Name, picture.ContentType, picture.Width, picture.Height));
        Assert.Matches("^[0-9a-f]{16}$", picture.Id);
        Assert.Equal(("add-picture", picture.Id), (_shelf.Audit[0].Action, _shelf.Audit[0].Subject));
    }

    [Fact]
    public async Task A_jpeg_is_read_past_its_tables()
    {
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC4, 0, 3, 0, 0xFF, 0xC0, 0, 17, 8, 0x01, 0xE0, 0x02, 0x80, 3, 0, 0, 0, 0, 0];
        var (picture, _) = await AddAsync("a.jpg", jpeg);
        Assert.Equal("a.jpg", picture!.Name);
        Assert.Equal(("image/jpeg", 640, 480), (picture!.ContentType, picture.Width, picture.Height));
    }

    [Fact]
    public async Task The_same_bytes_are_one_picture()
    {
        var (first, _) = await AddAsync("a.png", Png(10, 10));
        var (second, _) = await AddAsync("b.png", Png(10, 10));
        Assert.Equal(first, second);
        Assert.Equal(1, _shelf.Commits);
    }

    [Fact]
    public async Task A_path_or_a_quote_in_the_name_does_not_survive()
    {
        var (picture, _) = await AddAsync("..\\..\\etc/\"><script>.png", Png(10, 10));
        Assert.Equal("script.png", picture!.Name);
    }

    [Theory]
    [InlineData("x.html", "x.png")]
    [InlineData("x.png.svg", "x.png.png")]
    [InlineData("\u202egnp.x", "gnp.png")]
    [InlineData("趋势", "趋势.png")]
    public async Task A_name_says_what_the_bytes_are(string given, string kept)
    {
        var (picture, _) = await AddAsync(given, Png(10, 10));
        Assert.Equal(kept, picture!.Name);
    }

    [Fact]
    public async Task A_picture_that_would_fill_a_phones_memory_is_refused() => Assert.NotNull((await AddAsync("a.png", Png(65_535, 65_535))).Refusal);

    [Theory]
    [InlineData("text", "PNG")]
    [InlineData("tiny", "5")]
    [InlineData("svg", "PNG")]
    [InlineData("large", "10 MB")]
    public async Task What_wecom_would_refuse_is_refused_with_what_to_do(string what, string says)
    {
        var bytes = what switch
        {
            "text" => "not a picture"u8.ToArray(),
            "tiny" => [0x89, 0x50],
            "large" => [.. Png(640, 480), .. new byte[PictureLimits.LargestBytes]],
            _ => "<svg onload='x' xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(),
        };
        var (picture, refusal) = await AddAsync("a.png", bytes);
        Assert.Null(picture);
        Assert.Contains(says, refusal, StringComparison.Ordinal);
        Assert.Equal(0, _shelf.Commits);
    }

    [Fact]
    public async Task Other_bytes_need_another_name_so_that_an_approved_text_keeps_its_picture()
    {
        await AddAsync("a.png", Png(10, 10));
        var (picture, refusal) = await AddAsync("C:\\photos\\a.png", Png(20, 20));
        Assert.Null(picture);
        Assert.Contains("a.png", refusal, StringComparison.Ordinal);
        Assert.Equal(1, _shelf.Commits);
    }

    [Theory]
    [InlineData(10_801, 100, false)]
    [InlineData(1081, 1081, false)]
    [InlineData(100, 10_800, true)]
    [InlineData(4000, 1080, true)]
    public async Task A_moment_takes_smaller_pictures_than_a_message(int width, int height, bool fits)
    {
        var (picture, _) = await AddAsync("a.png", Png(width, height));
        Assert.Equal(fits, PictureLimits.Refuse(picture!, MediaUse.Moment) is null);
        Assert.Null(PictureLimits.Refuse(picture!, MediaUse.Message));
    }

    [Fact]
    public void Reading_a_format_ends_for_any_bytes() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<byte[]>(bytes =>
    {
        PictureFormat.Read([0xFF, 0xD8, .. bytes]);
        PictureFormat.Read([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. bytes]);
    }));

    private Task<(Picture? Picture, string? Refusal)> AddAsync(string name, byte[] bytes) =>
        new AddPicture(_shelf, _shelf, TimeProvider.System).AddAsync(name, bytes, "chen.jing", default);

    private static byte[] Png(int width, int height)
    {
        var bytes = new byte[40];
        byte[] head = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];
        head.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }

    private sealed class Shelf : IPictureStore, IChangeStore
    {
        private readonly Dictionary<string, Picture> _pictures = new(StringComparer.Ordinal);

        public int Commits { get; private set; }

        public List<AuditEntry> Audit { get; } = [];

        public Task<Picture?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_pictures.GetValueOrDefault(id));

        public Task<IReadOnlyList<Picture>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Picture>>([.. _pictures.Values.Where(picture => picture.Name == name)]);

        public Task<IReadOnlyList<Picture>> ListAsync(int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<byte[]?> ReadAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<PictureCopy?> FindCopyAsync(string id, MediaUse use, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CommitAsync(Changes changes, CancellationToken cancellationToken)
        {
            Commits++;
            Audit.AddRange(changes.Audit);
            changes.Pictures.ForEach(added => _pictures[added.Picture.Id] = added.Picture);
            return Task.CompletedTask;
        }
    }
}

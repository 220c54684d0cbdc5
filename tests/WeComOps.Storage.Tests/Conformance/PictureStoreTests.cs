using WeComOps.Media;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class PictureStoreTests : ConformanceTests
{
    private static readonly Picture Chart = new("0123456789abcdef", "金价.png", "image/png", 640, 480, 3, "chen.jing", Given.Noon);

    [Fact]
    public async Task A_picture_comes_back_byte_by_byte()
    {
        await CommitAsync(changes => changes.Pictures.Add(new NewPicture(Chart, [0, 255, 10])));
        var store = The<IPictureStore>();
        Assert.Equal(Chart, await store.FindAsync(Chart.Id, None));
        Assert.Equal(new byte[] { 0, 255, 10 }, await store.ReadAsync(Chart.Id, None));
        Assert.Equal([Chart], await store.ListAsync(10, None));
        Assert.Equal([Chart], await store.FindByNameAsync("金价.png", None));
        Assert.Empty(await store.FindByNameAsync("别的.png", None));
        Assert.Null(await store.ReadAsync("ffffffffffffffff", None));
    }

    [Fact]
    public async Task A_known_picture_keeps_its_first_name()
    {
        await CommitAsync(changes => changes.Pictures.Add(new NewPicture(Chart, [0, 255, 10])));
        await CommitAsync(changes => changes.Pictures.Add(new NewPicture(Chart with { Name = "other.png" }, [0, 255, 10])));
        Assert.Equal("金价.png", (await The<IPictureStore>().FindAsync(Chart.Id, None))!.Name);
    }

    [Fact]
    public async Task The_newest_copy_of_each_use_counts()
    {
        var first = new PictureCopy(Chart.Id, MediaUse.Moment, "M1", Given.Noon);
        var other = new PictureCopy(Chart.Id, MediaUse.Message, "M2", Given.Noon);
        var newer = first with { MediaId = "M3", UploadedAt = Given.Noon.AddDays(2) };
        foreach (var copy in (PictureCopy[])[first, other, newer])
        {
            await CommitAsync(changes => changes.PictureCopies.Add(copy));
        }

        Assert.Equal(newer, await The<IPictureStore>().FindCopyAsync(Chart.Id, MediaUse.Moment, None));
        Assert.Equal(other, await The<IPictureStore>().FindCopyAsync(Chart.Id, MediaUse.Message, None));
        Assert.Null(await The<IPictureStore>().FindCopyAsync("ffffffffffffffff", MediaUse.Moment, None));
    }
}

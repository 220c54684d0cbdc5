using WeComOps.Primitives;

namespace WeComOps.Tests.Primitives;

public sealed class SealTests
{
    private readonly Seal _seal = new("secret", "tests");

    [Theory]
    [InlineData("")]
    [InlineData("token")]
    [InlineData("客户经理 😀")]
    public void What_was_sealed_opens_again(string text)
    {
        var box = _seal.Close(text, "here");
        Assert.Equal(text, _seal.Open(box, "here"));
        Assert.NotEqual(box, _seal.Close(text, "here"));
        Assert.Equal(text, new Seal("secret", "tests").Open(box, "here"));
    }

    [Fact]
    public void It_opens_nowhere_else_and_under_no_other_key()
    {
        var box = _seal.Close("token", "here");
        Assert.Null(_seal.Open(box, "there"));
        Assert.Null(new Seal("another", "tests").Open(box, "here"));
        Assert.Null(new Seal("secret", "another").Open(box, "here"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("no base64!")]
    public void What_is_no_box_does_not_open(string box) => Assert.Null(_seal.Open(box, "here"));

    [Fact]
    public void One_changed_bit_does_not_open()
    {
        var bytes = Convert.FromBase64String(_seal.Close("token", "here"));
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.Null(_seal.Open(Convert.ToBase64String(bytes), "here"));
            bytes[i] ^= 1;
        }
    }

    [Fact]
    public void A_key_has_a_name_that_does_not_tell_it()
    {
        Assert.Equal(16, _seal.Name.Length);
        Assert.Equal(_seal.Name, new Seal("secret", "tests").Name);
        Assert.NotEqual(_seal.Name, new Seal("another", "tests").Name);
    }
}

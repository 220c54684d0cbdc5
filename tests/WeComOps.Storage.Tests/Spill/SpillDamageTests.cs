namespace WeComOps.Storage.Tests.Spill;

/// <summary>Disks that are full, cut off or changed behind our back.</summary>
public sealed class SpillDamageTests : IDisposable
{
    private readonly MemoryLog _store = new() { Refuses = true };
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("wecomops-spill-").FullName;

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_end_that_was_cut_off_at_any_byte_costs_only_the_message_it_belongs_to()
    {
        var whole = await SpilledAsync(3);
        var frame = whole.Length / 3;
        for (var cut = (2 * frame) + 1; cut < whole.Length; cut++)
        {
            var store = await ReplayedAsync(whole[..cut]);
            Assert.Equal(SpillBench.Ids([0, 1]), store.Messages.Select(message => message.Id));
        }

        Assert.Empty(Segments());
    }

    public static TheoryData<string, byte[]> StrangeEnds => new()
    {
        { "zeros", new byte[4096] },
        { "one zero", new byte[1] },
        { "text", "WCF1 and then something else"u8.ToArray() },
        { "a length that no message has", [.. "WCF1"u8, 0xff, 0xff, 0xff, 0x7f, .. new byte[64]] },
    };

    [Theory]
    [MemberData(nameof(StrangeEnds))]
    public async Task An_end_that_nobody_can_explain_is_kept_aside_and_costs_nothing_that_was_acknowledged(string what, byte[] end)
    {
        var whole = await SpilledAsync(3);

        var store = await ReplayedAsync([.. whole, .. end]);

        Assert.Equal(3, store.Messages.Count);
        var kept = Assert.Single(Segments());
        Assert.True(Path.GetExtension(kept) == ".torn", what);
        await using var bench = new SpillBench(_folder, new MemoryLog());
        await bench.Circuit.OpenAsync(CancellationToken.None);
        Assert.Equal((1, 0, false), (bench.Folder.Torn, bench.Folder.Damaged, bench.Circuit.IsSpilling));
    }

    [Fact]
    public async Task A_last_message_that_was_changed_is_kept_as_damaged_whichever_byte_it_is()
    {
        var whole = await SpilledAsync(3);
        var frame = whole.Length / 3;
        for (var at = 2 * frame; at < whole.Length; at++)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x55;

            var store = await ReplayedAsync(changed);

            Assert.Equal(SpillBench.Ids([0, 1]), store.Messages.Select(message => message.Id));
            var kept = Assert.Single(Segments());
            Assert.Equal(changed, await File.ReadAllBytesAsync(kept));
            // Without its mark, or with a length beyond any, it is no message that anybody could recognize.
            Assert.Equal((at - (2 * frame)) is < 4 or 7 ? ".torn" : ".damaged", Path.GetExtension(kept));
            File.Delete(kept);
        }
    }

    [Fact]
    public async Task Behind_a_damaged_message_an_end_that_was_cut_off_is_still_one()
    {
        var whole = await SpilledAsync(3);
        var frame = whole.Length / 3;
        whole[frame + 20] ^= 1;

        var store = await ReplayedAsync(whole[..^5]);

        Assert.Equal(SpillBench.Ids([0]), store.Messages.Select(message => message.Id));
        Assert.Equal(".damaged", Path.GetExtension(Assert.Single(Segments())));
    }

    [Fact]
    public async Task Damage_in_the_middle_is_put_aside_and_costs_no_other_message()
    {
        var whole = await SpilledAsync(5);
        whole[whole.Length / 2] ^= 1;

        var store = await ReplayedAsync(whole);

        Assert.Equal(SpillBench.Ids([0, 1, 3, 4]), store.Messages.Select(message => message.Id));
        var kept = Assert.Single(Segments());
        Assert.Equal(".damaged", Path.GetExtension(kept));
        Assert.Equal(whole, await File.ReadAllBytesAsync(kept));
    }

    [Fact]
    public async Task What_was_put_aside_is_counted_after_a_restart_and_never_replayed()
    {
        var whole = await SpilledAsync(3);
        whole[20] ^= 1;
        await ReplayedAsync(whole);
        await using var bench = new SpillBench(_folder, new MemoryLog());

        await bench.Circuit.OpenAsync(CancellationToken.None);

        Assert.Equal(1, bench.Folder.Damaged);
        Assert.False(bench.Circuit.IsSpilling);
    }

    [Fact]
    public async Task Beyond_the_limit_nothing_is_acknowledged_and_nothing_acknowledged_is_lost()
    {
        await using var bench = new SpillBench(_folder, _store, limit: 10_000);
        var acknowledged = new List<int>();
        for (var number = 0; number < 200; number++)
        {
            try
            {
                await bench.TakeAsync(number);
                acknowledged.Add(number);
            }
            catch (IOException)
            {
                // As the endpoint does: no answer.
            }
        }

        Assert.InRange(acknowledged.Count, 100, 199);
        Assert.InRange(bench.Folder.Bytes, 9_000, 10_000);
        _store.Refuses = false;
        await bench.ReplayAllAsync();
        Assert.Equal(SpillBench.Ids(acknowledged), bench.Stored);
        await bench.TakeAsync(200);
        Assert.Equal(acknowledged.Count + 1, bench.Store.Messages.Count);
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_acknowledged_until_the_store_is_back()
    {
        await using var bench = new SpillBench(Path.Combine(_folder, "spill"), _store);
        await bench.Circuit.OpenAsync(CancellationToken.None);
        System.IO.Directory.Delete(bench.Folder.FullName, recursive: true);
        await File.WriteAllTextAsync(bench.Folder.FullName, "a file where the folder was");

        await Assert.ThrowsAnyAsync<IOException>(() => bench.TakeAsync(0));
        _store.Refuses = false;
        await bench.TakeAsync(1);

        Assert.Equal(SpillBench.Ids([1]), bench.Stored);
    }

    [Fact]
    public async Task A_process_that_cannot_have_the_folder_still_stores_what_the_store_takes()
    {
        await using var owner = new SpillBench(_folder, new MemoryLog());
        await owner.Circuit.OpenAsync(CancellationToken.None);
        await using var bench = new SpillBench(_folder, _store);

        await Assert.ThrowsAsync<IOException>(() => bench.TakeAsync(0));
        _store.Refuses = false;
        await bench.TakeAsync(1);

        Assert.Equal(SpillBench.Ids([1]), bench.Stored);
    }

    private async Task<byte[]> SpilledAsync(int messages)
    {
        await using (var bench = new SpillBench(_folder, _store))
        {
            await bench.TakeAsync(Enumerable.Range(0, messages));
        }

        var segment = Assert.Single(Segments());
        var bytes = await File.ReadAllBytesAsync(segment);
        File.Delete(segment);
        return bytes;
    }

    /// <summary>As a process that starts on this segment.</summary>
    private async Task<MemoryLog> ReplayedAsync(byte[] segment)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "0000000000000001.spill"), segment);
        await using var bench = new SpillBench(_folder, new MemoryLog());
        await bench.Circuit.OpenAsync(CancellationToken.None);
        await bench.ReplayAllAsync();
        return bench.Store;
    }

    private string[] Segments() => [.. System.IO.Directory.EnumerateFiles(_folder).Where(file => Path.GetFileName(file) != "lock")];
}

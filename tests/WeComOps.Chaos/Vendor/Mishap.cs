namespace WeComOps.Chaos.Vendor;

/// <summary>How a call goes wrong (reliability.md A-7: accepts then drops the reply, replies too late, 500 after accepting).</summary>
internal enum Mishap
{
    None,
    RefuseToken,
    BusyBefore,
    DropBefore,
    DropAfter,
    LateAfter,
    ErrorAfter,
}

/// <summary>Draws mishaps while faults are wanted.</summary>
internal sealed class Mishaps(Dice dice)
{
    public bool On { get; set; } = true;

    public Mishap Draw(bool creating)
    {
        if (!On)
        {
            return Mishap.None;
        }

        var drawn = dice.Below(1000);
        return drawn switch
        {
            < 3 => Mishap.RefuseToken,
            _ when !creating => drawn < 8 ? Mishap.ErrorAfter : Mishap.None,
            < 10 => Mishap.BusyBefore,
            < 20 => Mishap.DropBefore,
            < 40 => Mishap.DropAfter,
            < 46 => Mishap.LateAfter,
            < 60 => Mishap.ErrorAfter,
            _ => Mishap.None,
        };
    }
}

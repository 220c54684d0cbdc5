namespace WeComOps.Chaos;

internal enum ChaosEngine
{
    Sqlite,
    Postgres,
}

/// <summary>What a run does. The same seed draws the same load and the same faults; when they strike depends on the machine.</summary>
internal sealed record ChaosPlan
{
    public required ChaosEngine Engine { get; init; }

    /// <summary>Processes of the product, each with all roles.</summary>
    public required int Nodes { get; init; }

    public required int Seed { get; init; }

    /// <summary>SIGKILLs after which the faults end.</summary>
    public required int Kills { get; init; }

    /// <summary>The faults end then, also when there were fewer kills.</summary>
    public required TimeSpan Longest { get; init; }

    /// <summary>Distinct callbacks a second while a node is there to take them.</summary>
    public int EventsPerSecond { get; init; } = 60;

    /// <summary>Planned pushes; their times are spread over the run.</summary>
    public required int Slices { get; init; }

    /// <summary>Planned messages to advisors; their times are spread over the run.</summary>
    public required int Messages { get; init; }

    /// <summary>Over how long the planned work is spread.</summary>
    public required TimeSpan Spread { get; init; }

    /// <summary>SIGSTOPs of this length, spread over the run; beyond a duty's lease another node takes over meanwhile.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } = [];

    /// <summary>How often the store does not answer for some seconds; every third time the spill is filled too.</summary>
    public int Outages { get; init; }

    /// <summary>How long the product may take to come to rest after the last fault.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How long the first node may take to its first job and its first page of a list.</summary>
    public TimeSpan FirstPatience { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The run fails when no process died at one of the named points.</summary>
    public bool EveryMilestone { get; init; }

    /// <summary>Breaks the evidence before it is checked, to show that a run can fail.</summary>
    public bool Sabotage { get; init; }

    /// <summary>Where nodes live; null: a folder under the system's temporary one, removed after a run without violations.</summary>
    public string? Folder { get; init; }

    public static ChaosPlan Short(ChaosEngine engine, int nodes, int seed) => new()
    {
        Engine = engine,
        Nodes = nodes,
        Seed = seed,
        Kills = 20,
        Longest = TimeSpan.FromSeconds(35),
        Slices = 120,
        Messages = 200,
        Spread = TimeSpan.FromSeconds(30),
        Pauses = [TimeSpan.FromSeconds(2)],
        Outages = 2,
    };

    public static ChaosPlan Long(ChaosEngine engine, int nodes, int seed, int kills, TimeSpan pause, int pauses, int outages)
    {
        // Measured: a kill with its restart takes about two seconds on one core.
        var expected = TimeSpan.FromSeconds(kills * 2.2) + (pause * pauses);
        return new()
        {
            Engine = engine,
            Nodes = nodes,
            Seed = seed,
            Kills = kills,
            Longest = expected * 3,
            Slices = kills * 3,
            Messages = kills * 4,
            Spread = expected,
            Pauses = [.. Enumerable.Repeat(pause, pauses)],
            Outages = outages,
            Patience = TimeSpan.FromMinutes(8),
            FirstPatience = TimeSpan.FromSeconds(40),
            // Each point is drawn for about one kill in twenty-five; the two of an outage come once in three outages.
            EveryMilestone = kills >= 200 && outages >= 3,
        };
    }
}

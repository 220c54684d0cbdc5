using System.Diagnostics;

namespace WeComOps.Primitives;

/// <summary>
/// The moments between two effects at which a crash would be worst, under their names. Nobody listens in production, and then
/// reaching one costs a check of a flag; the chaos rig listens to end the process exactly there.
/// </summary>
public static class Milestone
{
    /// <summary>Name of the <see cref="DiagnosticListener"/>.</summary>
    public const string Listener = "WeComOps.Milestones";

    /// <summary>A callback is verified; nothing is durable yet.</summary>
    public const string CallbackOpened = "callback.opened";

    /// <summary>A callback is durable; WeCom has no answer yet.</summary>
    public const string CallbackStored = "callback.stored";

    /// <summary>Callbacks are in the spill file; WeCom has no answer yet.</summary>
    public const string CallbackSpilled = "callback.spilled";

    /// <summary>Spilled callbacks are in the store; the spill file still holds them.</summary>
    public const string SpillReplayed = "spill.replayed";

    /// <summary>Messages have their handlers; none has run.</summary>
    public const string InboxRouted = "inbox.routed";

    /// <summary>A handler has decided; nothing of it is committed.</summary>
    public const string InboxHandled = "inbox.handled";

    /// <summary>What a handler decided is committed together with its mark.</summary>
    public const string InboxCommitted = "inbox.committed";

    /// <summary>A push is STARTED; its call is not made.</summary>
    public const string PushStarted = "push.started";

    /// <summary>The call of a push came back; how is not recorded.</summary>
    public const string PushCalled = "push.called";

    /// <summary>How a push ended is recorded.</summary>
    public const string PushRecorded = "push.recorded";

    /// <summary>A message to an advisor is STARTED; its call is not made.</summary>
    public const string MessageStarted = "message.started";

    /// <summary>The call of a message came back; how is not recorded.</summary>
    public const string MessageCalled = "message.called";

    /// <summary>A job ran; its period is not recorded.</summary>
    public const string JobRan = "job.ran";

    /// <summary>A page of a list was compared and committed; the next one is not begun.</summary>
    public const string PageHealed = "heal.page";

    private static readonly DiagnosticListener Listeners = new(Listener);

    /// <summary>All names, so that a run can prove that each was hit.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        CallbackOpened, CallbackStored, CallbackSpilled, SpillReplayed, InboxRouted, InboxHandled, InboxCommitted, PushStarted, PushCalled, PushRecorded,
        MessageStarted, MessageCalled, JobRan, PageHealed,
    ];

    public static void Reach(string name)
    {
        if (Listeners.IsEnabled(name))
        {
            Listeners.Write(name, null);
        }
    }
}

using WeComOps.Primitives;

namespace WeComOps.Storage.Tables;

/// <summary>A conditional write that touched no row means that another was first.</summary>
internal static class Conflict
{
    public static void Unless(bool written, string kind, string id)
    {
        if (!written)
        {
            throw new ConflictException($"{kind} {id} has changed since it was read; nothing was written.");
        }
    }
}

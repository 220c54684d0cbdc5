namespace WeComOps.Access;

/// <summary>
/// The keys that protect sign-in cookies and forms, for all nodes: what one node signed any other accepts. The store cannot
/// read them; who writes them seals them.
/// </summary>
public interface ISessionKeyStore
{
    /// <returns>XML elements, in the order of their places.</returns>
    Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds a key at a place, from 1; whoever comes first has it.</summary>
    /// <returns>False when another node has put its key there: read again.</returns>
    Task<bool> AddAsync(int place, string name, string xml, CancellationToken cancellationToken);
}

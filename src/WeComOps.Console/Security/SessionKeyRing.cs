using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace WeComOps.Console.Security;

/// <summary>
/// The keys as they were last read from the store. The framework asks for them synchronously and wherever it likes; reading
/// and writing the store is the <see cref="SessionKeyKeeper"/>'s, in its own time.
/// </summary>
internal sealed class SessionKeyRing : IXmlRepository
{
    private volatile IReadOnlyList<string> _elements = [];

    /// <summary>A key that was made and is in no store yet; no cookie is signed with it.</summary>
    public (string Name, string Xml)? Fresh { get; private set; }

    public void Load(IReadOnlyList<string> elements) => (_elements, Fresh) = (elements, null);

    public IReadOnlyCollection<XElement> GetAllElements() => [.. _elements.Select(static xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName) => Fresh = (friendlyName, element.ToString(SaveOptions.DisableFormatting));
}

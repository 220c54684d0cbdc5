using WeComOps.Console.Cards;
using WeComOps.Console.Language;
using WeComOps.Console.Naming;
using WeComOps.Console.Security;

namespace WeComOps.Console.Pages;

/// <summary>What every page needs: the words, the viewer, the cards and the names.</summary>
internal sealed record ConsoleContext(Texts T, Viewer Viewer, CardShelf Shelf, NameBook Book);

using System.Globalization;
using WeComOps.Host.Cli;

// The same numbers, dates and messages on every machine: what people read in Chinese comes from the screens' own texts.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

return await CommandLine.RunAsync(args);

using System.Globalization;
using CsvHelper;
using WeComOps.Customers;
using WeComOps.Directory;

namespace WeComOps.Host;

/// <summary>The bank's lists as CSV with a header.</summary>
internal static class CustomersCsv
{
    /// <summary>Columns: externalUserId|unionid, tier, ageBand?, segment?, lifeCycle?, payroll?, riskLevel?.</summary>
    /// <exception cref="FormatException">A column that is needed is missing.</exception>
    public static IEnumerable<CustomerRow> Read(CsvReader csv)
    {
        csv.ReadHeader();
        if (!csv.TryGetFieldIndex("tier", out _) || !(csv.TryGetFieldIndex("unionid", out _) || csv.TryGetFieldIndex("externalUserId", out _)))
        {
            throw new FormatException("The file needs a header with tier and with unionid or externalUserId.");
        }

        while (csv.Read())
        {
            yield return new CustomerRow(
                Field(csv, "externalUserId"), Field(csv, "unionid"), Field(csv, "tier"), Field(csv, "ageBand"), Field(csv, "segment"), Field(csv, "lifeCycle"),
                Field(csv, "payroll") switch { "true" or "1" or "是" => true, "false" or "0" or "否" => false, _ => null }, Field(csv, "riskLevel"));
        }
    }

    /// <summary>Columns: userid, date.</summary>
    public static IReadOnlyList<Leave> ReadLeave(CsvReader csv)
    {
        var leave = new List<Leave>();
        while (csv.Read())
        {
            leave.Add(new Leave(csv.GetString("userid"), DateOnly.ParseExact(csv.GetString("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        return leave;
    }

    private static string? Field(CsvReader csv, string name) =>
        csv.TryGetFieldIndex(name, out var index) && csv.GetString(index) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}

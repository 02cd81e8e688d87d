using System.Text.Json.Serialization;

namespace CommandCenter.Simulator.Delivery;

/// <summary>The answer to a post of events.</summary>
/// <param name="Accepted">Lines that are now durable.</param>
/// <param name="Duplicates">Lines that were durable before.</param>
/// <param name="Rejected">Lines that were refused.</param>
internal sealed record PostAnswer(int Accepted, int Duplicates, IReadOnlyList<RejectedLine>? Rejected);

/// <summary>A line that was refused.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Code">Stable code of the reason.</param>
/// <param name="Field">The field at fault, if one is.</param>
/// <param name="Message">The reason, for a person.</param>
internal sealed record RejectedLine(int Line, string Code, string? Field, string? Message);

/// <summary>A court as the product knows it.</summary>
/// <param name="Mark">法院代字.</param>
internal sealed record KnownCourt(string Mark);

/// <summary>The JSON of the product's API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PostAnswer))]
[JsonSerializable(typeof(KnownCourt[]))]
internal sealed partial class ProductJson : JsonSerializerContext;

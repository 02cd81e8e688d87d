namespace CommandCenter.Web.Cameras;

/// <summary>A camera as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Officer">Its officer.</param>
/// <param name="Court">Mark of his court.</param>
/// <param name="CourtName">The court as pages name it.</param>
/// <param name="State"><c>live</c>, <c>connecting</c>, <c>stalled</c>, <c>lost</c> or <c>off</c>.</param>
/// <param name="Reason">Why, a stable word; empty when there is nothing to add.</param>
/// <param name="Since">Since when.</param>
/// <param name="Main">Its main stream in figures.</param>
/// <param name="Sub">Its small one.</param>
/// <param name="Duty">The officer: <c>live</c>, <c>stalled</c>, <c>lost</c>, <c>off</c>, or <c>unknown</c> when nothing was heard of him.</param>
/// <param name="ReportedAt">When he reported last.</param>
/// <param name="CallingSince">Since when he calls for help; <see langword="null"/> when he does not.</param>
/// <param name="Errand">Where he is sent; <see langword="null"/> when nowhere.</param>
/// <param name="Rank">From 0: the place of its tile. Who calls for help first, then who has just arrived where he was sent, then on duty, then the latest report.</param>
internal sealed record CameraView(
    string Id, string Name, string Officer, string Court, string CourtName, string State, string Reason, DateTimeOffset Since, CameraFigures? Main, CameraFigures? Sub,
    string Duty, DateTimeOffset? ReportedAt, DateTimeOffset? CallingSince, OfficerErrand? Errand, int Rank);

/// <summary>出警任务: an officer who was sent to a place.</summary>
/// <param name="SentAt">When.</param>
/// <param name="ArrivedAt">When he was first seen there; <see langword="null"/> while he was not.</param>
/// <param name="Case">The case; <see langword="null"/> when that was not said.</param>
internal sealed record OfficerErrand(DateTimeOffset SentAt, DateTimeOffset? ArrivedAt, string? Case);

/// <summary>求助: an officer who calls for help, with a camera or without.</summary>
/// <param name="Officer">His id.</param>
/// <param name="Court">Mark of his court.</param>
/// <param name="CourtName">The court as pages name it.</param>
/// <param name="Since">Since when.</param>
internal sealed record OfficerCall(string Officer, string Court, string CourtName, DateTimeOffset Since);

/// <summary>The cameras in scope.</summary>
/// <param name="Video"><c>on</c> or <c>off</c>.</param>
/// <param name="Reason">Why there is no video, a stable word; empty when there is.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Calls">Officers who call for help, the longest first.</param>
/// <param name="Cameras">By rank.</param>
internal sealed record CamerasAnswer(string Video, string Reason, DateTimeOffset Now, IReadOnlyList<OfficerCall> Calls, IReadOnlyList<CameraView> Cameras);

/// <summary>A change that was made.</summary>
/// <param name="Id">The camera.</param>
/// <param name="Revision">The revision that it has now.</param>
internal sealed record CameraReceipt(string Id, long Revision);

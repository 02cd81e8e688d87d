namespace CommandCenter.Domain.Properties;

/// <summary>What kind of property is under control.</summary>
public enum PropertyClass
{
    /// <summary>存款.</summary>
    Deposit,

    /// <summary>不动产.</summary>
    RealEstate,

    /// <summary>车辆.</summary>
    Vehicle,

    /// <summary>股权.</summary>
    Equity,

    /// <summary>证券.</summary>
    Security,

    /// <summary>动产.</summary>
    Movable,

    /// <summary>其他财产.</summary>
    Other,
}

/// <summary>How it is controlled.</summary>
public enum ControlAct
{
    /// <summary>冻结.</summary>
    Freeze,

    /// <summary>查封.</summary>
    Seal,

    /// <summary>扣押.</summary>
    Impound,
}

/// <summary>A property under control (控制财产) with the day on which the control lapses unless it is renewed.</summary>
/// <param name="Id">The source's id, unique in the case.</param>
/// <param name="Class">Kind of property.</param>
/// <param name="Act">Kind of control.</param>
/// <param name="Until">The last day of the control, Asia/Shanghai.</param>
/// <param name="AmountFen">Amount or estimate in fen; <see langword="null"/> when unknown.</param>
/// <param name="Rank">轮候 rank, 1 is first; <see langword="null"/> when unknown.</param>
public sealed record ControlledProperty(
    string Id, PropertyClass Class, ControlAct Act, DateOnly Until, long? AmountFen, int? Rank);

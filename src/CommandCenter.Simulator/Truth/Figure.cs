namespace CommandCenter.Simulator.Truth;

/// <summary>What is counted of a court in a day. Written down apart from the product's own columns: only the events are shared.</summary>
internal enum Figure
{
    /// <summary>新收 of 执.</summary>
    ReceivedFirst,

    /// <summary>新收 of 执恢.</summary>
    ReceivedReinstated,

    /// <summary>新收 of 执保.</summary>
    ReceivedPreservation,

    /// <summary>结案 of 执, net of closings undone.</summary>
    ClosedFirst,

    /// <summary>结案 of 执恢, net of closings undone.</summary>
    ClosedReinstated,

    /// <summary>结案 of 执保, net of closings undone.</summary>
    ClosedPreservation,

    /// <summary>执行完毕, net; the main kinds alone, as with the five ways that follow.</summary>
    WB,

    /// <summary>终结本次执行程序.</summary>
    ZB,

    /// <summary>终结执行.</summary>
    ZJ,

    /// <summary>销案.</summary>
    XA,

    /// <summary>不予执行.</summary>
    BY,

    /// <summary>驳回申请.</summary>
    BH,

    /// <summary>Closings undone of the main kinds.</summary>
    Revoked,

    /// <summary>Terminal cases for which a 执恢 case was filed.</summary>
    Reinstated,

    /// <summary>案款到账 in fen, net of counter-entries.</summary>
    FundsInFen,

    /// <summary>案款发放 in fen, net of counter-entries.</summary>
    FundsOutFen,

    /// <summary>信访登记.</summary>
    PetitionsReceived,

    /// <summary>信访答复.</summary>
    PetitionsAnswered,
}

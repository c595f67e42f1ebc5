/// A name that C, C++, Verilog and SystemVerilog accept: the only place that legalises names.
public struct Identifier: Hashable, Sendable, CustomStringConvertible {
  /// Letters, digits and underscores, no keyword of any of the languages.
  public let text: String

  /// The nearest legal name: other characters become underscores, a name that begins with a digit
  /// or an underscore (reserved in C) gets the prefix `net`, a keyword the suffix `_net`, and so does a name that generated files use themselves.
  public init(_ name: String) {
    var text = String(
      name.unicodeScalars.map { scalar -> Character in
        let isLegal = scalar.isASCII && (scalar.properties.isAlphabetic || Self.isDigit(scalar))
        return isLegal ? Character(scalar) : "_"
      })
    if text.isEmpty { text = "net" }
    if let first = text.unicodeScalars.first, first == "_" || Self.isDigit(first) {
      text = first == "_" ? "net" + text : "net_" + text
    }
    let isTaken = Self.reserved.contains(text) || text.lowercased().hasPrefix("lstmg_")
    if Self.keywords.contains(text) || isTaken { text += "_net" }
    self.text = text
  }

  public var description: String { text }

  /// The name in capitals, for macros.
  public var macro: String { text.uppercased() }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static let keywords = Set(
    (c + verilog + systemVerilog).split(whereSeparator: \.isWhitespace).map(String.init))

  /// Instances of the generated Verilog and its testbench, and macros of the C library; modules of
  /// `hdl/` and `sim/` all begin with `lstmg_`.
  private static let reserved: Set = [
    "u_core", "u_loader", "dut", "u_flash", "NULL", "EOF", "BUFSIZ", "INFINITY", "NAN", "assert",
    "errno", "stderr",
    "stdin", "stdout",
  ]

  /// C99, C11 and C++17.
  private static let c = """
    alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t
    class compl const const_cast constexpr continue decltype default delete do double dynamic_cast
    else enum explicit export extern false float for friend goto if inline int long main mutable
    namespace new noexcept not not_eq nullptr operator or or_eq private protected public register
    reinterpret_cast restrict return short signed sizeof static static_assert static_cast struct
    switch template this thread_local throw true try typedef typeid typename union unsigned using
    virtual void volatile wchar_t while xor xor_eq

    """

  /// IEEE 1364-2005.
  private static let verilog = """
    always and assign automatic begin buf bufif0 bufif1 case casex casez cell cmos config deassign
    default defparam design disable edge else end endcase endconfig endfunction endgenerate
    endmodule endprimitive endspecify endtable endtask event for force forever fork function
    generate genvar highz0 highz1 if ifnone incdir include initial inout input instance integer
    join large liblist library localparam macromodule medium module nand negedge nmos nor
    noshowcancelled not notif0 notif1 or output parameter pmos posedge primitive pull0 pull1
    pulldown pullup pulsestyle_ondetect pulsestyle_onevent rcmos real realtime reg release repeat
    rnmos rpmos rtran rtranif0 rtranif1 scalared showcancelled signed small specify specparam
    strong0 strong1 supply0 supply1 table task time tran tranif0 tranif1 tri tri0 tri1 triand
    trior trireg unsigned use uwire vectored wait wand weak0 weak1 while wire wor xnor xor

    """

  /// IEEE 1800-2017, because some tools read `.v` files as SystemVerilog.
  private static let systemVerilog = """
    accept_on alias always_comb always_ff always_latch assert assume before bind bins binsof bit
    bool break byte chandle checker class clocking const constraint context continue cover
    covergroup coverpoint cross dist do endchecker endclass endclocking endgroup endinterface
    endpackage endprogram endproperty endsequence enum eventually expect export extends extern
    final first_match foreach forkjoin global iff ignore_bins illegal_bins implements implies
    import inside int interconnect interface intersect join_any join_none let local logic longint
    matches modport nettype new nexttime null package packed priority program property protected
    pure rand randc randcase randsequence ref reject_on restrict return s_always s_eventually
    s_nexttime s_until s_until_with sequence shortint shortreal soft solve static string strong
    struct super sync_accept_on sync_reject_on tagged this throughout timeprecision timeunit type
    typedef union unique unique0 until until_with untyped var virtual void wait_order weak wildcard
    with within
    """
}

/// What one kind of line is and which fields it has.
struct LineShape {
  let name: String
  let fields: [String]

  init(_ name: String, _ fields: String...) {
    self.name = name
    self.fields = fields
  }
}

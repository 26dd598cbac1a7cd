import Testing

@testable import GraphQLLanguage

@Suite struct SchemaCoordinateTests {
    @Test(
        arguments: [
            ("MyType", .type("MyType")),
            ("MyType.field", .member(type: "MyType", name: "field")),
            ("MyType.field(arg:)", .argument(type: "MyType", field: "field", name: "arg")),
            ("@myDirective", .directive("myDirective")),
            ("@myDirective(arg:)", .directiveArgument(directive: "myDirective", name: "arg")),
        ] as [(String, SchemaCoordinate)])
    func `five forms are read and written`(source: String, coordinate: SchemaCoordinate) throws {
        #expect(try SchemaCoordinate.parse(source) == coordinate)
        #expect(coordinate.description == source)
    }

    @Test(
        arguments: [
            ("", "1:1 Expected Name, found <EOF>."),
            (" MyType", "1:1 Invalid character: \" \"."),
            ("MyType.", "1:8 Expected Name, found <EOF>."),
            ("MyType.field.deep", "1:13 Expected <EOF>, found \".\"."),
            ("MyType.field(", "1:14 Expected Name, found <EOF>."),
            ("MyType.field(arg)", "1:17 Expected \":\", found \")\"."),
            ("MyType.field(arg:", "1:18 Expected \")\", found <EOF>."),
            ("MyType.field(arg: value)", "1:18 Invalid character: \" \"."),
            ("MyType.field(arg:value)", "1:18 Expected \")\", found Name \"value\"."),
            ("MyType(arg:)", "1:7 Expected <EOF>, found \"(\"."),
            ("@myDirective.field", "1:13 Expected <EOF>, found \".\"."),
            ("@", "1:2 Expected Name, found <EOF>."), ("@@", "1:2 Expected Name, found \"@\"."),
            ("MyType,", "1:7 Invalid character: \",\"."), ("A#b", "1:2 Invalid character: \"#\"."),
            ("A.$b", "1:3 Invalid character: \"$\"."), ("😀", "1:1 Invalid character: U+1F600."),
            ("A\n", "1:2 Invalid character: U+000A."),
        ])
    func `anything else is refused`(source: String, error: String) {
        let parse = { (source: [UInt8], _: ParseLimits) in
            _ = try SchemaCoordinate.parse(String(decoding: source, as: UTF8.self))
        }
        #expect(failure(Array(source.utf8), by: parse) == error)
    }
}

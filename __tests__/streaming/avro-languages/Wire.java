import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Lines of JSON to the wire's bytes in hexadecimal, and back; by Avro's own library for Java. Amounts are cents in JSON, and BigDecimal here. */
public final class Wire {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final GenericData MODEL = new GenericData();

  public static void main(String[] arguments) throws Exception {
    MODEL.addLogicalTypeConversion(new Conversions.DecimalConversion());
    var schema = new Schema.Parser().parse(new File(arguments[1]));
    try (var lines = new BufferedReader(new InputStreamReader(System.in))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(arguments[0].equals("write") ? write(schema, JSON.readTree(line)) : read(schema, HexFormat.of().parseHex(line)));
      }
    }
  }

  private static String write(Schema schema, JsonNode given) throws Exception {
    var record = new GenericData.Record(schema);
    for (var field : schema.getFields()) record.put(field.name(), value(field.schema(), given.get(field.name())));
    var bytes = new ByteArrayOutputStream();
    new DataOutputStream(bytes).writeByte(0);
    new DataOutputStream(bytes).writeInt(7);
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema, MODEL).write(record, encoder);
    encoder.flush();
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static Object value(Schema schema, JsonNode given) {
    if (schema.isUnion()) return given.isNull() ? null : value(schema.getTypes().get(1), given);
    return switch (schema.getType()) {
      case BYTES -> BigDecimal.valueOf(given.asLong(), 2);
      case LONG -> given.asLong();
      default -> given.asText();
    };
  }

  private static String read(Schema schema, byte[] bytes) throws Exception {
    if (bytes[0] != 0 || ByteBuffer.wrap(bytes, 1, 4).getInt() != 7) throw new IllegalStateException("not the wire's head");
    var decoder = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
    var record = new GenericDatumReader<GenericRecord>(schema, schema, MODEL).read(null, decoder);
    if (!decoder.isEnd()) throw new IllegalStateException("bytes are left");
    var told = JSON.createObjectNode();
    for (var field : schema.getFields()) {
      var value = record.get(field.name());
      if (value instanceof BigDecimal amount) told.put(field.name(), amount.movePointRight(2).longValueExact());
      else if (value instanceof Long number) told.put(field.name(), number);
      else if (value == null) told.putNull(field.name());
      else told.put(field.name(), value.toString());
    }
    return told.toString();
  }
}

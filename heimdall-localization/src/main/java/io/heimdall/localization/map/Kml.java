package io.heimdall.localization.map;

import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundPolygon;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes features as KML 2.2, for Google Earth and QGIS: a folder for each group, shared styles, properties as
 * extended data.
 *
 * @see <a href="https://docs.ogc.org/is/12-007r2/12-007r2.html">OGC KML</a>
 */
public final class Kml implements MapWriter {
    private static final String NAMESPACE = "http://www.opengis.net/kml/2.2";
    private static final String OPAQUE = "ff";
    private static final String TRANSLUCENT = "40";

    private final XMLStreamWriter xml;

    /**
     * Begins a document.
     *
     * @param name of the document, as people read it
     * @param out stays open
     */
    public Kml(String name, OutputStream out) throws IOException {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            begin(name);
        } catch (XMLStreamException e) {
            throw fault(e);
        }
    }

    /**
     * Writes a document of folders; it asks for the next when it has written one.
     *
     * @param name of the document, as people read it
     * @param out stays open
     */
    public static void write(String name, Iterator<MapFolder> folders, OutputStream out) throws IOException {
        Kml kml = new Kml(name, out);
        while (folders.hasNext()) {
            kml.write(folders.next());
        }
        kml.end();
    }

    @Override
    public void write(MapFolder folder) throws IOException {
        try {
            start("Folder");
            text("name", folder.name());
            for (MapFeature feature : folder.features()) {
                placemark(feature);
            }
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw fault(e);
        }
    }

    @Override
    public void end() throws IOException {
        try {
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.flush();
            xml.close();
        } catch (XMLStreamException e) {
            throw fault(e);
        }
    }

    private static IOException fault(XMLStreamException e) {
        return e.getNestedException() instanceof IOException fault
                ? fault
                : new IOException("the KML cannot be written: " + e.getMessage(), e);
    }

    private void begin(String name) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        start("kml");
        xml.writeDefaultNamespace(NAMESPACE);
        start("Document");
        text("name", name);
        for (MapStyle style : MapStyle.values()) {
            style(style);
        }
    }

    private void style(MapStyle style) throws XMLStreamException {
        start("Style");
        xml.writeAttribute("id", id(style));
        if (style == MapStyle.REGION) {
            start("LineStyle");
            text("color", colour(style, OPAQUE));
            text("width", "1.5");
            xml.writeEndElement();
            start("PolyStyle");
            text("color", colour(style, TRANSLUCENT));
            xml.writeEndElement();
        } else {
            start("IconStyle");
            text("color", colour(style, OPAQUE));
            text("scale", style == MapStyle.STATION ? "0.7" : "1.0");
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String id(MapStyle style) {
        return style.name().toLowerCase(Locale.ROOT);
    }

    /** Returns a colour in KML's order: opacity, blue, green, red. */
    private static String colour(MapStyle style, String opacity) {
        String rgb = style.colour();
        return opacity + rgb.substring(4, 6) + rgb.substring(2, 4) + rgb.substring(0, 2);
    }

    private void placemark(MapFeature feature) throws XMLStreamException {
        start("Placemark");
        text("name", feature.name());
        text("styleUrl", "#" + id(feature.style()));
        start("ExtendedData");
        for (Map.Entry<String, Object> property : feature.properties().entrySet()) {
            start("Data");
            xml.writeAttribute("name", property.getKey());
            text("value", property.getValue().toString());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        if (feature.shape() instanceof MapShape.Point point) {
            start("Point");
            text("coordinates", position(point.at()));
            xml.writeEndElement();
        } else if (feature.shape() instanceof MapShape.Area area) {
            start("MultiGeometry");
            for (GroundPolygon polygon : area.polygons()) {
                polygon(polygon);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void polygon(GroundPolygon polygon) throws XMLStreamException {
        start("Polygon");
        text("tessellate", "1");
        ring("outerBoundaryIs", polygon.outer());
        for (List<GroundPoint> hole : polygon.holes()) {
            ring("innerBoundaryIs", hole);
        }
        xml.writeEndElement();
    }

    private void ring(String boundary, List<GroundPoint> points) throws XMLStreamException {
        start(boundary);
        start("LinearRing");
        text("coordinates", points.stream().map(Kml::position).collect(Collectors.joining(" ")));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String position(GroundPoint point) {
        return GeoJson.decimal(point.longitude()) + "," + GeoJson.decimal(point.latitude());
    }

    private void start(String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
    }

    private void text(String element, String text) throws XMLStreamException {
        start(element);
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
    }

    /** Returns the text with a mark in place of the characters that XML cannot hold. */
    private static String legal(String text) {
        return text.codePoints()
                .map(c -> c == '\t' || c == '\n' || c >= 0x20 && c < 0xD800 || c >= 0xE000 && c < 0xFFFE || c > 0xFFFF
                        ? c
                        : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

package io.heimdall.localization.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class KmlTest {
    private static final String NAMESPACE = "http://www.opengis.net/kml/2.2";

    private static Document document() throws Exception {
        var out = new ByteArrayOutputStream();
        Kml.write("A map", Maps.folders().iterator(), out);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(out.toByteArray()));
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagNameNS(NAMESPACE, name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @Test
    void foldersHoldTheirPlacemarks() throws Exception {
        Document document = document();

        assertThat(document.getDocumentElement().getLocalName()).isEqualTo("kml");
        assertThat(elements(document, "Folder")).hasSize(2);
        assertThat(elements(document, "Placemark")).hasSize(3);
        assertThat(elements(document, "Polygon")).hasSize(3);
        assertThat(elements(document, "innerBoundaryIs")).hasSize(1);
        assertThat(elements(document, "name").get(0).getTextContent()).isEqualTo("A map");
    }

    @Test
    void everyPlacemarkHasAStyleThatIsThere() throws Exception {
        Document document = document();
        List<String> ids = elements(document, "Style").stream()
                .map(style -> "#" + style.getAttribute("id"))
                .toList();

        assertThat(elements(document, "styleUrl"))
                .hasSize(3)
                .allSatisfy(url -> assertThat(ids).contains(url.getTextContent()));
        assertThat(elements(document, "color"))
                .allSatisfy(colour -> assertThat(colour.getTextContent()).matches("[0-9a-f]{8}"));
    }

    @Test
    void coordinatesAreLongitudeAndLatitude() throws Exception {
        List<Element> coordinates = elements(document(), "coordinates");

        assertThat(coordinates.get(2).getTextContent()).isEqualTo("179.5,10 180,10 180,10.5 179.5,10.5 179.5,10");
        assertThat(coordinates.get(coordinates.size() - 1).getTextContent()).isEqualTo("0,45.044");
    }

    @Test
    void textsAreEscapedAndWhatXmlCannotHoldIsMarked() throws Exception {
        assertThat(elements(document(), "value").get(0).getTextContent()).isEqualTo("a \"b\" <c> & \uFFFD");
    }

    @Test
    void aFullDiskIsToldAsItIs() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThatThrownBy(() -> Kml.write("A map", Maps.folders().iterator(), full))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
    }
}

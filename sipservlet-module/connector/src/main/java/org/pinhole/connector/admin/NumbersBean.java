package org.pinhole.connector.admin;

import java.util.Map;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;

/** Numbers as plain, read-only JMX attributes, so that any JMX client can read them without a class of ours. */
final class NumbersBean implements DynamicMBean {
    private final String description;
    private final Supplier<ConnectorNumbers> numbers;

    NumbersBean(String description, Supplier<ConnectorNumbers> numbers) {
        this.description = description;
        this.numbers = numbers;
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException {
        Long number = numbers.get().byName().get(name);
        if (number == null) {
            throw new AttributeNotFoundException(name);
        }
        return number;
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList list = new AttributeList();
        Map<String, Long> present = numbers.get().byName();
        for (String name : names) {
            if (present.containsKey(name)) {
                list.add(new Attribute(name, present.get(name)));
            }
        }
        return list;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " cannot be written");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) throws MBeanException {
        throw new MBeanException(new UnsupportedOperationException(action));
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = numbers.get().byName().keySet().stream()
                .map(name -> new MBeanAttributeInfo(name, "long", name, true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(NumbersBean.class.getName(), description, attributes, null, null, null);
    }
}
